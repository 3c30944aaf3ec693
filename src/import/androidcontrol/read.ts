import { createHash } from "node:crypto";
import path from "node:path";
import { androidGenCode } from "../../action/index.ts";
import { replyOf } from "../../agent/index.ts";
import { fileLines } from "../../lines.ts";
import { buildScreen, type Screen } from "../../screen/index.ts";
import { type Place, placeOf, type Report } from "../defect.ts";
import { isBlank, readJsonLine } from "../json-line.ts";
import { limits } from "../limits.ts";
import { fileWithin, readPicture } from "../pictures.ts";
import type { RecordedAction, RecordedStep, Recording } from "../recording.ts";
import type { SourceFile } from "../source.ts";
import { readControlAction } from "./action.ts";
import { controlEpisode, type ControlEpisode, type ControlScreenshot, type ControlStep } from "./record.ts";
import { type JsonValue, jsonValues } from "./values.ts";

/** Its words on success are those of people who looked at each episode. */
const verdictVersion = "androidcontrol.is_successful";

/** Reads AndroidControl: episodes that people carried out, one a line, or in a list. */
export async function* readAndroidControl(source: SourceFile, report: Report): AsyncGenerator<Recording> {
  const values = source.file.endsWith(".json") ? jsonValues(source.file) : linesOf(source.file);
  for await (const { line, bytes } of values) {
    const place = placeOf(report, source.name, line);
    const episode = readJsonLine(bytes, controlEpisode, place);
    if (episode === undefined) continue;
    if (episode.steps.length === 0) {
      place.defect("no-steps", "the episode has no step", "left out");
      continue;
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    yield await recordingOf(bounded(episode, place), sha256, path.dirname(source.file), place);
  }
}

async function* linesOf(file: string): AsyncGenerator<JsonValue> {
  for await (const line of fileLines(file, limits.lineBytes)) {
    if (!isBlank(line)) yield { line: line.number, bytes: line.bytes };
  }
}

function bounded(episode: ControlEpisode, place: Place): ControlEpisode {
  const { steps } = episode;
  if (steps.length <= limits.stepsOfEpisode) return episode;
  place.defect("too-many-steps", `the episode has ${steps.length} steps`, "the rest left out");
  const { last: _, ...rest } = episode;
  return { ...rest, steps: steps.slice(0, limits.stepsOfEpisode) };
}

async function recordingOf(
  episode: ControlEpisode,
  sha256: string,
  folder: string,
  place: Place,
): Promise<Recording> {
  const { name, goal, successful, last } = episode;
  const shots = [...episode.steps.map(({ screenshot }) => screenshot), ...(last === undefined ? [] : [last])];
  const files = new Map<ControlScreenshot, string | undefined>();
  for (const shot of shots) files.set(shot, await pictureFile(shot, folder, place));
  const missing = shots.filter((shot) => files.get(shot) === undefined).length;
  if (missing > 0) {
    place.defect("picture-missing", `${missing} of ${shots.length} screens have no picture`, "kept without");
  }
  if (successful === undefined) {
    place.defect("success-unknown", "nothing says whether the goal was reached", "kept without a verdict");
  }
  const screen = (shot: ControlScreenshot) => () =>
    readScreen(shot, files.get(shot), place, `${sha256} ${shots.indexOf(shot)}`);
  return {
    name,
    goal,
    sha256,
    steps: episode.steps.map((step) => stepOf(step, screen(step.screenshot), place)),
    apps: [],
    ...(successful === undefined ? {} : { verdict: { version: verdictVersion, success: successful } }),
    // People put the phone down when they are done, and most episodes have no step that says so.
    ...(successful === true ? { finishStatus: "complete" as const } : {}),
    ...(last === undefined ? {} : { finalScreen: screen(last) }),
  };
}

function stepOf(
  { action, instruction }: ControlStep,
  screen: () => Promise<Screen>,
  place: Place,
): RecordedStep {
  const read = readControlAction(action, place);
  return {
    place,
    screen,
    plan: [],
    response: writtenReply(read, instruction),
    recorded: () => ({ ...read, thought: instruction }),
  };
}

/** People write no replies; this is what they did in the words of a model, so that it can be learnt from. */
function writtenReply(read: RecordedAction, instruction: string): string {
  return "action" in read ? replyOf(androidGenCode.format(read.action), instruction) : instruction;
}

async function pictureFile(
  shot: ControlScreenshot,
  folder: string,
  place: Place,
): Promise<string | undefined> {
  if (shot.path === "") return undefined;
  // Paths name the folder of whoever made the file; what lies beside it by the same name is meant.
  const name = shot.path.split(/[/\\]/u).at(-1)!;
  const inFolder = path.isAbsolute(shot.path) ? [] : [shot.path];
  for (const relative of [...inFolder, `images/${name}`, name]) {
    if (name === "" || name === "..") return undefined;
    const file = await fileWithin(folder, relative, place);
    if (file !== undefined) return file;
  }
  return undefined;
}

async function readScreen(
  shot: ControlScreenshot,
  file: string | undefined,
  place: Place,
  name: string,
): Promise<Screen> {
  const picture = file === undefined ? undefined : await readPicture(file, shot.path, place);
  const screen = buildScreen({
    width: picture?.width ?? shot.width,
    height: picture?.height ?? shot.height,
    package: "",
    activity: "",
    ...(picture === undefined ? {} : { image: picture.image }),
    treeSource: "none",
    xml: "",
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  });
  if (picture !== undefined) return screen;
  // Of two screens that nobody can see, nobody can say that they are the same.
  const fingerprint = createHash("sha256").update(`unseen ${name}`).digest("hex");
  return { ...screen, fingerprint };
}
