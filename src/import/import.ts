import { createHash } from "node:crypto";
import path from "node:path";
import { createAutoCheck, type Decision, type PastStep } from "../agent/index.ts";
import type { ImportedStep, Store } from "../store/index.ts";
import { compare } from "./agreement.ts";
import { readAndroidControl } from "./androidcontrol/read.ts";
import { readAndroidGen } from "./androidgen/read.ts";
import { readAndroidLab } from "./androidlab/read.ts";
import type { Defect, Difference, Report } from "./defect.ts";
import { limits } from "./limits.ts";
import type { RecordedStep, Recording } from "./recording.ts";
import { findSources, type ImportFormat, type SourceFile } from "./source.ts";
import { instanceOf } from "./template.ts";

export interface ImportOptions {
  /** Folders or files, as the user named them. */
  sources: readonly string[];
  /** Told by looking where absent. */
  format?: ImportFormat;
  onDefect?: (defect: Defect) => void;
  onDifference?: (difference: Difference) => void;
  /** Ends the import after the episodes that are whole. */
  signal?: AbortSignal;
}

export interface ImportResult {
  /** Runs that were made: one for each source and format that held something new. */
  runs: string[];
  episodes: number;
  steps: number;
  /** Steps whose recorded reply we read as the source did, and steps where we do not. */
  agreed: number;
  differed: number;
  defects: number;
  /** Episodes that the database had already. */
  known: number;
}

const readers: Record<ImportFormat, (source: SourceFile, report: Report) => AsyncGenerator<Recording>> = {
  androidgen: readAndroidGen,
  androidlab: readAndroidLab,
  androidcontrol: readAndroidControl,
};

/**
 * Writes recordings of other systems into the store, an episode at a time. What is broken in them is reported and left
 * out, and the rest is kept. An episode that the store has already, told by the hash of its content, is not written
 * again. Throws what `findSources` and the store throw, and the reason of the signal.
 */
export async function importSources(store: Store, options: ImportOptions): Promise<ImportResult> {
  const result: ImportResult = {
    runs: [],
    episodes: 0,
    steps: 0,
    agreed: 0,
    differed: 0,
    defects: 0,
    known: 0,
  };
  const report: Report = {
    defect(defect) {
      result.defects++;
      options.onDefect?.(defect);
    },
    difference(difference) {
      result.differed++;
      options.onDifference?.(difference);
    },
  };
  const known = await store.imports.known();
  for (const source of options.sources) {
    const files = await findSources(source, options.format);
    for (const format of new Set(files.map((file) => file.format))) {
      let run: string | undefined;
      for (const file of files.filter((one) => one.format === format)) {
        for await (const recording of readers[format](file, report)) {
          options.signal?.throwIfAborted();
          const instance = instanceOf(bounded(recording), format);
          if (known.has(instance.id)) {
            result.known++;
            continue;
          }
          const episode = await readEpisode(store, recording, report, options.signal);
          run ??= await begin(store, source, format, result);
          await store.imports.add(run, { ...episode.imported, instance });
          known.add(instance.id);
          result.episodes++;
          result.steps += recording.steps.length;
          result.agreed += episode.agreed;
        }
      }
    }
  }
  return result;
}

async function begin(
  store: Store,
  source: string,
  format: ImportFormat,
  result: ImportResult,
): Promise<string> {
  // The name alone: where it lay on this host is nobody's business.
  const name = path.basename(path.resolve(source));
  const sha256 = createHash("sha256")
    .update(JSON.stringify([format, name]))
    .digest("hex");
  const run = await store.imports.begin({ name, sha256 }, { imported: { format, source: name } });
  result.runs.push(run);
  return run;
}

function bounded(recording: Recording): Recording {
  const { goal, steps } = recording;
  if (goal.length <= limits.goalCharacters) return recording;
  const what = `the goal has ${goal.length} characters`;
  steps[0]?.place.defect("line-too-long", what, `cut to ${limits.goalCharacters}`);
  return { ...recording, goal: goal.slice(0, limits.goalCharacters) };
}

async function readEpisode(
  store: Store,
  recording: Recording,
  report: Report,
  signal: AbortSignal | undefined,
) {
  const { finishStatus, answer, verdict, finalScreen, recordedAt = Date.now() } = recording;
  const steps: ImportedStep[] = [];
  const history: PastStep[] = [];
  let agreed = 0;
  for (const step of recording.steps) {
    signal?.throwIfAborted();
    const read = await readStep(store, recording, step, history, report);
    steps.push(read.step);
    if (read.agrees === true) agreed++;
  }
  const last = steps.at(-1)?.decision.action;
  const finish = last?.type === "finish" ? last : undefined;
  const said = answer ?? lastAnswer(steps) ?? (finish?.message === "" ? undefined : finish?.message);
  const status = finishStatus ?? finish?.status;
  return {
    agreed,
    imported: {
      steps,
      success: verdict?.success ?? status === "complete",
      ...(status === undefined ? {} : { finishStatus: status }),
      ...(said === undefined ? {} : { answer: said }),
      ...(verdict === undefined ? {} : { verdict: { source: "human" as const, ...verdict, detail: {} } }),
      ...(finalScreen === undefined ? {} : { finalScreen: await store.screens.save(await finalScreen()) }),
      recordedAt,
    },
  };
}

const autoCheck = createAutoCheck();

async function readStep(
  store: Store,
  { goal, steps }: Recording,
  step: RecordedStep,
  history: PastStep[],
  report: Report,
): Promise<{ step: ImportedStep; agrees?: boolean }> {
  const { image, ...screen } = await step.screen();
  const { plan, response } = step;
  const recorded = step.recorded(screen);
  const reply = step.read?.(response, screen);
  const number = history.length + 1;
  // Which apps were there is not known, and no app is missed then.
  const observation = { goal, screen, history, apps: [], stepsLeft: steps.length - number + 1 };
  const objection =
    reply?.ok === true ? autoCheck.before({ ...reply, code: "" }, observation, plan) : undefined;
  const agreement = reply === undefined ? undefined : compare(recorded, reply, objection, step.place, report);
  const action = agreement?.action ?? ("action" in recorded ? recorded.action : undefined);
  const refusal = "refusal" in recorded ? { refusal: recorded.refusal } : {};
  const done = action === undefined ? {} : { action };
  history.push({ number, screen, response, ...done, ...refusal });
  const decision: Decision = {
    ...done,
    ...refusal,
    thought: reply?.ok === true ? reply.thought : (recorded.thought ?? ""),
    response,
    plan,
    experiences: [],
    calls: [],
  };
  const saved = await store.screens.save(image === undefined ? screen : { ...screen, image });
  return {
    step: { screen: saved, decision, ...refusal },
    ...(agreement === undefined ? {} : { agrees: agreement.agrees }),
  };
}

function lastAnswer(steps: readonly ImportedStep[]): string | undefined {
  const action = steps.findLast(({ decision }) => decision.action?.type === "answer")?.decision.action;
  return action?.type === "answer" ? action.text : undefined;
}
