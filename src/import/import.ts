import { createHash } from "node:crypto";
import path from "node:path";
import type { Store } from "../store/index.ts";
import { readAndroidControl } from "./androidcontrol/read.ts";
import { readAndroidGen } from "./androidgen/read.ts";
import { readAndroidLab } from "./androidlab/read.ts";
import type { Defect, Difference, Report } from "./defect.ts";
import { readEpisode } from "./episode.ts";
import { heldReport, type HeldReport } from "./held-report.ts";
import { limits } from "./limits.ts";
import type { Recording } from "./recording.ts";
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
  const report = heldReport({
    defect(defect) {
      result.defects++;
      options.onDefect?.(defect);
    },
    difference(difference) {
      result.differed++;
      options.onDifference?.(difference);
    },
  });
  const known = await store.imports.known();
  for (const source of options.sources) {
    const files = await findSources(source, options.format);
    for (const format of new Set(files.map((file) => file.format))) {
      const ofFormat = files.filter((file) => file.format === format);
      let run: string | undefined;
      for await (const recording of recordingsIn(ofFormat, report)) {
        options.signal?.throwIfAborted();
        const instance = instanceOf(recording, format);
        if (known.has(instance.id)) {
          report.letGo(recording);
          result.known++;
          continue;
        }
        report.release();
        const { episode, agreed } = await readEpisode(store, recording, report, options.signal);
        run ??= await begin(store, source, format, result);
        await store.imports.add(run, { ...episode, instance });
        known.add(instance.id);
        result.episodes++;
        result.steps += episode.steps.length;
        result.agreed += agreed;
      }
    }
  }
  return result;
}

/** The recordings of some files. What is wrong with one is held back while it is read. */
async function* recordingsIn(files: readonly SourceFile[], report: HeldReport): AsyncGenerator<Recording> {
  for (const file of files) {
    report.hold();
    for await (const recording of readers[file.format](file, report)) {
      yield bounded(recording);
      report.hold();
    }
    report.release();
  }
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
