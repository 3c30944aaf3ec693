import path from "node:path";
import type { Kysely } from "kysely";
import { type Blobs, createBlobs, removeStaleTemporaries } from "./blobs.ts";
import { type Calls, createCalls } from "./calls.ts";
import { createDevices, type Devices } from "./devices.ts";
import { createEpisodes, type Episodes } from "./episodes.ts";
import { createExperiences, type Experiences } from "./experiences/experiences.ts";
import { hostPathRemover } from "./host-paths.ts";
import type { FileLock } from "../file-lock.ts";
import { createImports, type Imports } from "./imports.ts";
import { lockRun } from "./lock.ts";
import { openDatabase, type OpenOptions } from "./open.ts";
import { createRuns, type Runs } from "./runs.ts";
import type { Schema } from "./schema.ts";
import { createScreens, type Screens } from "./screens.ts";
import { createSteps, type Steps } from "./steps.ts";
import { createVerdicts, type Verdicts } from "./verdicts.ts";

/** Everything that is recorded: one SQLite file, and the folder `blobs` beside it. */
export interface Store {
  readonly file: string;
  readonly runs: Runs;
  readonly episodes: Episodes;
  readonly steps: Steps;
  readonly screens: Screens;
  readonly calls: Calls;
  readonly verdicts: Verdicts;
  readonly experiences: Experiences;
  readonly devices: Devices;
  readonly imports: Imports;
  readonly blobs: Blobs;
  /** The right to carry out a run; throws `RUN_BUSY` (class `config`) where another process has it. */
  lockRun(runId: string): Promise<FileLock>;
  close(): Promise<void>;
}

/**
 * Opens the store at a database file, which is made, with its folder, where it does not exist. A process opens
 * a file once: SQLite waits for a lock without returning to the event loop, so a second writer in the same
 * process would wait for one that can never go on. Other processes are welcome.
 */
export async function openStore(file: string, options: OpenOptions = {}): Promise<Store> {
  const db = await openDatabase(file, options);
  if (options.readonly !== true) await removeStaleTemporaries(blobFolder(file), Date.now());
  return createStore(db, file);
}

function blobFolder(file: string): string {
  return path.join(path.dirname(file), "blobs");
}

/** The store over an open database. */
export function createStore(db: Kysely<Schema>, file: string): Store {
  const blobs = createBlobs(blobFolder(file));
  const calls = createCalls(db, blobs);
  const withoutHostPaths = hostPathRemover(file);
  const runs = createRuns(db, withoutHostPaths);
  return {
    file,
    runs,
    imports: createImports(db, runs),
    episodes: createEpisodes(db, withoutHostPaths),
    steps: createSteps(db),
    screens: createScreens(db, blobs),
    calls,
    verdicts: createVerdicts(db),
    experiences: createExperiences(db),
    devices: createDevices(db, withoutHostPaths),
    blobs,
    lockRun: (runId) => lockRun(path.join(path.dirname(file), "locks"), runId),
    close: () => db.destroy(),
  };
}
