import path from "node:path";
import { androidGenCode } from "../../action/index.ts";
import { parsePlan } from "../../agent/index.ts";
import { fingerprint, type Screen } from "../../screen/index.ts";
import { type Place, quoted, type Report } from "../defect.ts";
import { fileWithin, readPicture, type SizedPicture } from "../pictures.ts";
import type { RecordedStep, Recording } from "../recording.ts";
import type { SourceFile } from "../source.ts";
import { stepLines } from "../step-lines.ts";
import { readParsedAction } from "./action.ts";
import { type RecordLine, recordLine } from "./record.ts";
import { appInFront, readState } from "./state.ts";

/** Reads one trace of AndroidGen: a folder with `record.jsonl` and `screenshots/`. */
export async function* readAndroidGen(source: SourceFile, report: Report): AsyncGenerator<Recording> {
  const { lines, sha256 } = await stepLines(source, report, recordLine, ({ instruction }) => instruction);
  const first = lines[0];
  if (first === undefined) return;
  const folder = path.dirname(source.file);
  const name = String(first.record.trace_id ?? path.basename(folder));
  const recordedAt = timeOf(name);
  const steps = lines.map(({ record, place }) => stepOf(record, place, folder, recordedAt));
  const apps = lines.flatMap(({ record, place }) => appNames(record.app, place));
  yield {
    name,
    goal: first.record.instruction,
    sha256,
    steps,
    apps: [...new Set(apps)],
    ...(recordedAt === 0 ? {} : { recordedAt }),
  };
}

function stepOf(record: RecordLine, place: Place, folder: string, recordedAt: number): RecordedStep {
  return {
    place,
    screen: () => readScreen(record, place, folder, recordedAt),
    plan: planOf(record.plan ?? "", place),
    response: record.response,
    recorded: () => readParsedAction(record.parsed_action, place),
    read: (response) => androidGenCode.parse(response),
  };
}

function planOf(text: string, place: Place): RecordedStep["plan"] {
  if (text.trim() === "") return [];
  const parsed = parsePlan(text);
  if (parsed.ok) return parsed.plan;
  place.defect("plan-unreadable", `the plan cannot be read: ${parsed.reason}`, "the step has no plan");
  return [];
}

async function readScreen(
  record: RecordLine,
  place: Place,
  folder: string,
  recordedAt: number,
): Promise<Screen> {
  const elements = readState(record.state, place);
  const inFront = isPackage(record.app) ? record.app : appInFront(elements);
  const picture = await pictureOf(record, place, folder);
  return {
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    rotation: 0,
    package: inFront,
    activity: "",
    elements,
    ...(picture === undefined ? {} : { image: picture.image }),
    // The tree itself was not recorded.
    treeSource: "none",
    xml: "",
    secure: false,
    keyboardShown: false,
    capturedAt: recordedAt,
    fingerprint: fingerprint(elements, inFront, ""),
  };
}

/** The plain picture; where it is missing, the one with numbers drawn in. */
async function pictureOf(
  { raw, image, trace_id }: RecordLine,
  place: Place,
  folder: string,
): Promise<SizedPicture | undefined> {
  for (const [i, named] of [raw, image].entries()) {
    // Paths begin with the trace's own folder, which may have another name by now.
    const [head = "", ...rest] = named.split("/");
    const own = rest.length > 0 && (head === String(trace_id) || head === path.basename(folder));
    const file = named === "" ? undefined : await fileWithin(folder, own ? rest.join("/") : named, place);
    const picture = file === undefined ? undefined : await readPicture(file, named, place);
    if (picture !== undefined) return picture;
    if (i === 1) place.defect("picture-missing", "the screen has no picture", "kept without one");
    else if (file === undefined) {
      place.defect(
        "picture-missing",
        `there is no picture ${quoted(named)}`,
        "the marked one is kept in its place",
      );
    }
  }
  return undefined;
}

function appNames(app: string, place: Place): string[] {
  if (app === "" || app === "Home" || isPackage(app)) return [];
  if (/^[\p{L}\p{N}][\p{L}\p{N} .&+'_-]*$/u.test(app)) return [app];
  place.defect("app-name", `${quoted(app)} is no name of an app`, "left out");
  return [];
}

function isPackage(app: string): boolean {
  return /^[a-z]\w*(?:\.\w+)+$/iu.test(app);
}

/** Traces are named by the second they began in. */
function timeOf(name: string): number {
  return /^1\d{9}$/u.test(name) ? Number(name) * 1000 : 0;
}
