import { configError } from "../../errors.ts";
import { planRun, type RunResult } from "../../run/index.ts";
import { openStore, type Store, type StoredRun } from "../../store/index.ts";
import { loadSuite } from "../../task/index.ts";
import type { RunOptions } from "../commands/run.ts";
import { adbAddress } from "../connect.ts";
import { Interrupted } from "../interrupt.ts";
import { modelNames, openModel } from "../model.ts";
import { printJson } from "../output.ts";
import { carryOut, type RunBehaviour } from "./carry-out.ts";
import { jsonProgress, liveProgress, plainProgress, type Progress } from "./progress.ts";
import { printSummary } from "./summary.ts";

/** `androidgen run`: plans a run, or takes up a stopped one, and carries it out. */
export async function run(suite: string | undefined, options: RunOptions): Promise<void> {
  if ((suite === undefined) === (options.resume === undefined)) {
    throw configError("RUN_ARGUMENTS", "name a suite, such as tasks/everyday.yaml, or a run with --resume");
  }
  // What can be wrong with the arguments is found before anything is written.
  const model = openModel(options);
  const loaded = suite === undefined ? undefined : await loadSuite(suite);
  const store = await openStore(options.db);
  try {
    const planned =
      loaded === undefined
        ? await store.runs.get(options.resume!)
        : await planRun(store, {
            suite: loaded,
            ...(options.only === undefined ? {} : { only: options.only }),
            instances: options.instances,
            samples: options.samples,
            seed: options.seed,
            settings: settingsOf(options),
          });
    const result = await carryOut({
      store,
      runId: planned.id,
      model,
      adb: adbAddress(options),
      ...(options.device === undefined ? {} : { devices: options.device }),
      ...behaviourOf(planned),
      progress: await progressFor(options),
    });
    report(store, result, options);
  } finally {
    await store.close();
  }
}

/** Recorded with the run: no key, no address, no path. */
function settingsOf(options: RunOptions): Record<string, unknown> {
  return {
    agent: "androidgen",
    models: modelNames(options),
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
    pictures: options.pictures === true,
  };
}

function behaviourOf({ settings }: StoredRun): RunBehaviour {
  const { snapshot, pictures } = settings;
  return { ...(typeof snapshot === "string" ? { snapshot } : {}), pictures: pictures === true };
}

export async function progressFor(options: { json?: boolean }): Promise<Progress> {
  if (options.json === true) return jsonProgress(process.stdout);
  return process.stdout.isTTY ? liveProgress(process.stdout) : plainProgress(process.stdout);
}

function report(store: Store, result: RunResult & { interrupted: boolean }, options: RunOptions): void {
  const { summary, seconds } = result;
  if (options.json === true)
    printJson({ ...summary, seconds: Math.round(seconds * 10) / 10, db: store.file });
  else printSummary(summary, seconds, store.file);
  const again = `androidgen run --resume ${summary.run}${options.db === store.file ? ` --db ${store.file}` : ""}`;
  if (result.error !== undefined) {
    throw configError(
      result.error.code,
      `${result.error.message}\nNothing recorded is lost; when that is mended: ${again}`,
      result.error,
    );
  }
  if (result.interrupted && summary.open > 0) throw new Interrupted(`stopped; go on with: ${again}`);
}
