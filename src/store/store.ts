import path from "node:path";
import { type Blobs, createBlobs, removeStaleTemporaries } from "./blobs.ts";
import { type Calls, createCalls } from "./calls.ts";
import { createDevices, type Devices } from "./devices.ts";
import { createEpisodes, type Episodes } from "./episodes.ts";
import { createExperiences, type Experiences } from "./experiences.ts";
import { lockRun, type RunLock } from "./lock.ts";
import { openDatabase, type OpenOptions } from "./open.ts";
import { createRuns, type Runs } from "./runs.ts";
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
  readonly blobs: Blobs;
  /** The right to carry out a run; throws `RUN_BUSY` (class `config`) where another process has it. */
  lockRun(runId: string): Promise<RunLock>;
  close(): Promise<void>;
}

/** Opens the store at a database file, which is made, with its folder, where it does not exist. */
export async function openStore(file: string, options: OpenOptions = {}): Promise<Store> {
  const db = await openDatabase(file, options);
  const folder = path.dirname(file);
  const blobFolder = path.join(folder, "blobs");
  if (options.readonly !== true) await removeStaleTemporaries(blobFolder, Date.now());
  const blobs = createBlobs(blobFolder);
  const calls = createCalls(db, blobs);
  return {
    file,
    runs: createRuns(db),
    episodes: createEpisodes(db),
    steps: createSteps(db, calls),
    screens: createScreens(db, blobs),
    calls,
    verdicts: createVerdicts(db),
    experiences: createExperiences(db),
    devices: createDevices(db),
    blobs,
    lockRun: (runId) => lockRun(path.join(folder, "locks"), runId),
    close: () => db.destroy(),
  };
}
