import { AndroidGenError, configError } from "../../errors.ts";
import { isComplete, planRun, type RunResult, summarise } from "../../run/index.ts";
import { openStore, type Store, type StoredRun } from "../../store/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import type { RunOptions } from "../commands/run.ts";
import { adbAddress } from "../connect.ts";
import { Interrupted } from "../interrupt.ts";
import { ATTEMPTS_IN_RUN, modelNames, openModel } from "../model.ts";
import { DEFAULT_DB } from "../options.ts";
import { print, printJson } from "../output.ts";
import { carryOut, readyDevices, type RunBehaviour } from "./carry-out.ts";
import { type DriverChoice, withDriver } from "./driver.ts";
import { jsonProgress, outputProgress } from "./progress.ts";
import { printSummary } from "./summary.ts";

/** `androidgen run`: plans a run, or takes up a stopped one, and carries it out. */
export async function run(suite: string | undefined, options: RunOptions): Promise<void> {
  if ((suite === undefined) === (options.resume === undefined)) {
    throw configError("RUN_ARGUMENTS", "name a suite, such as tasks/everyday.yaml, or a run with --resume");
  }
  // What can be wrong with the arguments is found before anything is written.
  const model = openModel(options, ATTEMPTS_IN_RUN);
  const loaded = suite === undefined ? undefined : await loadSuite(suite);
  const store = await openStore(options.db, { existing: loaded === undefined });
  try {
    const stopped = loaded === undefined ? await store.runs.get(options.resume!) : undefined;
    if (stopped?.state === "finished" && (await isComplete(store, stopped.id))) {
      return await reportFinished(store, stopped.id, options);
    }
    const adb = adbAddress(options);
    const devices = options.device ?? (await readyDevices(adb));
    const result = await withDriver({ ...driverOf(options, stopped), adb }, async (driver, signal) => {
      const run = stopped ?? (await plan(store, loaded!, { ...options, driver: driver.name }));
      return carryOut({
        store,
        runId: run.id,
        model: stopped === undefined ? model : openModel(sampledAsBefore(options, stopped), ATTEMPTS_IN_RUN),
        driver,
        devices,
        ...behaviourOf(run),
        // A run that was planned with a snapshot no device has can go on with another.
        ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
        progress: options.json === true ? jsonProgress(process.stdout) : await outputProgress(process.stdout),
        signal,
      });
    });
    report(store, result, options);
  } finally {
    await store.close();
  }
}

function plan(store: Store, suite: TaskSuite, options: RunOptions): Promise<StoredRun> {
  const { only, instances, samples, seed } = options;
  const chosen = only === undefined ? {} : { only };
  return planRun(store, { suite, ...chosen, instances, samples, seed, settings: settingsOf(options) });
}

/** Recorded with the run: no key, no address, no path. */
function settingsOf(options: RunOptions): Record<string, unknown> {
  return {
    agent: "androidgen",
    driver: options.driver ?? "adb",
    models: modelNames(options),
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
    pictures: options.pictures === true,
  };
}

/** A resumed run samples as it did, unless told otherwise: one dataset, one temperature. */
function sampledAsBefore(options: RunOptions, { settings }: StoredRun): RunOptions {
  const { temperature } = settings;
  if (options.temperature !== undefined || typeof temperature !== "number") return options;
  return { ...options, temperature };
}

/** A resumed run keeps its driver, unless told otherwise: what devices show may differ between them. */
function driverOf(options: RunOptions, stopped: StoredRun | undefined): DriverChoice {
  const { appiumUrl } = options;
  const before = stopped?.settings["driver"] === "appium" ? "appium" : "adb";
  return { driver: options.driver ?? before, ...(appiumUrl === undefined ? {} : { appiumUrl }) };
}

function behaviourOf({ settings }: StoredRun): RunBehaviour {
  const { snapshot, pictures } = settings;
  return { ...(typeof snapshot === "string" ? { snapshot } : {}), pictures: pictures === true };
}

async function reportFinished(store: Store, runId: string, options: RunOptions): Promise<void> {
  if (options.json !== true) print(`run ${runId} is finished: nothing is left to be done`);
  const summary = await summarise(store, runId);
  report(store, { summary, steps: 0, seconds: 0, interrupted: false }, options);
}

function report(store: Store, result: RunResult & { interrupted: boolean }, options: RunOptions): void {
  const { summary, seconds } = result;
  if (options.json === true)
    printJson({ ...summary, seconds: Math.round(seconds * 10) / 10, db: store.file });
  else printSummary(result, store.file);
  const again = `androidgen run --resume ${summary.run}${options.db === DEFAULT_DB ? "" : ` --db ${options.db}`}`;
  if (result.error !== undefined) {
    const { message, code, class: failureClass } = result.error;
    throw new AndroidGenError(`${message}\nNothing recorded is lost; when that is mended: ${again}`, {
      code,
      class: failureClass,
      cause: result.error,
    });
  }
  if (summary.errors > 0) {
    process.exitCode = 1;
    if (options.json !== true) print(`to try again what devices or the model failed: ${again}`);
  }
  if (result.interrupted && summary.open > 0) throw new Interrupted(`stopped; go on with: ${again}`);
}
