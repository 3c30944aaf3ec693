import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { AndroidGenError } from "../../errors.ts";
import { buildScreen, type Screen } from "../../screen/index.ts";
import { type Place, quoted, type Report } from "../defect.ts";
import { limits } from "../limits.ts";
import { fileWithin, readPicture, type SizedPicture, whyUnreadable } from "../pictures.ts";
import type { RecordedStep, Recording } from "../recording.ts";
import type { SourceFile } from "../source.ts";
import { stepLines } from "../step-lines.ts";
import { readParsedAction } from "./action.ts";
import { type TraceLine, traceLine } from "./record.ts";
import { readLabReply } from "./reply.ts";

/** Reads one task of AndroidLab: a folder with `traces/trace.jsonl`, `Screen/` and `xml/`. */
export async function* readAndroidLab(source: SourceFile, report: Report): AsyncGenerator<Recording> {
  const read = await stepLines(source, report, traceLine, ({ target }) => target);
  const first = read.lines[0];
  if (first === undefined) return;
  const traces = path.dirname(source.file);
  const folder = path.basename(traces) === "traces" ? path.dirname(traces) : traces;
  yield {
    name: String(first.record.trace_id ?? path.basename(folder)),
    goal: first.record.target,
    sha256: read.sha256,
    steps: read.lines.map(({ record, place }) => stepOf(record, place, folder)),
    apps: [],
  };
}

function stepOf(record: TraceLine, place: Place, folder: string): RecordedStep {
  const reported = (screen: Screen) => readParsedAction(record.parsed_action, screen, place);
  let recorded: ReturnType<typeof reported> | undefined;
  return {
    place,
    screen: () => readScreen(record, place, folder),
    plan: [],
    response: record.current_response ?? record.response ?? "",
    recorded: (screen) => (recorded ??= reported(screen)),
    read: (response, screen) => {
      recorded ??= reported(screen);
      return readLabReply(response, screen, "action" in recorded ? recorded.action : undefined);
    },
  };
}

async function readScreen(record: TraceLine, place: Place, folder: string): Promise<Screen> {
  const picture = await pictureOf(record, place, folder);
  const [width, height] = record.window ?? [picture?.width ?? 0, picture?.height ?? 0];
  const { current_activity } = record;
  const parts = {
    width,
    height,
    package: typeof current_activity === "string" ? current_activity.trim() : "",
    activity: "",
    ...(picture === undefined ? {} : { image: picture.image }),
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  };
  const xml = await treeOf(record, place, folder);
  if (xml !== undefined) {
    try {
      return buildScreen({ ...parts, treeSource: "uiautomator", xml });
    } catch (error) {
      if (!AndroidGenError.isInstance(error)) throw error;
      place.defect(
        "tree-unreadable",
        `the UI tree cannot be read (${error.message.slice(0, 120)})`,
        "kept without",
      );
    }
  }
  return buildScreen({ ...parts, treeSource: "none", xml: "" });
}

async function treeOf({ xml, ac_xml }: TraceLine, place: Place, folder: string): Promise<string | undefined> {
  const named = [xml, ac_xml].find((one) => typeof one === "string" && one !== "" && one !== "ERROR");
  const file = named === undefined ? undefined : await besideTrace(folder, "xml", named!, place);
  if (file === undefined) {
    place.defect("tree-missing", `there is no UI tree ${quoted(named ?? "")}`, "kept without elements");
    return undefined;
  }
  try {
    const { size } = await stat(file);
    if (size > limits.lineBytes) throw new Error(`it has ${size} bytes`);
    return await readFile(file, "utf8");
  } catch (error) {
    const what = `the UI tree ${quoted(named)} cannot be read (${whyUnreadable(error)})`;
    place.defect("tree-unreadable", what, "kept without elements");
    return undefined;
  }
}

/** The plain picture; where it is missing, the one with numbers drawn in. */
async function pictureOf(record: TraceLine, place: Place, folder: string): Promise<SizedPicture | undefined> {
  for (const named of [record.image, record.labeled_image]) {
    if (typeof named !== "string" || named === "") continue;
    const file = await besideTrace(folder, "Screen", named, place);
    const picture = file === undefined ? undefined : await readPicture(file, named, place);
    if (picture !== undefined) return picture;
  }
  place.defect("picture-missing", `there is no picture ${quoted(record.image ?? "")}`, "kept without one");
  return undefined;
}

/** Paths are those of the host it ran on; what has the same name in the folder of the task is meant. */
async function besideTrace(
  folder: string,
  kind: string,
  named: string,
  place: Place,
): Promise<string | undefined> {
  const name = named.split(/[/\\]/u).at(-1)!;
  return name === "" ? undefined : fileWithin(folder, `${kind}/${name}`, place);
}
