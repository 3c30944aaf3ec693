import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultAgentSpec } from "../../agent/index.ts";
import { scoreRun } from "../../critic/index.ts";
import { exportDataset } from "../../dataset/index.ts";
import { configError } from "../../errors.ts";
import type { ModelLayer } from "../../llm/index.ts";
import { planRun } from "../../run/index.ts";
import { openStore, type Store } from "../../store/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import type { DemoOptions } from "../commands/demo.ts";
import { printDataset } from "../export/export.ts";
import { Interrupted } from "../interrupt.ts";
import { chooseModels, openModelLayer } from "../model.ts";
import { print, printJson } from "../output.ts";
import { carryOut } from "../run/carry-out.ts";
import { withDriver } from "../run/driver.ts";
import { outputProgress, plainProgress } from "../run/progress.ts";
import { settingsOf } from "../run/settings.ts";
import { printSummary } from "../run/summary.ts";
import { printScore } from "../score/score.ts";
import { timeStamp } from "../time-stamp.ts";
import { simulatedModel, type SimulationProcess, startSimulationProcess } from "../sim/process.ts";

/** The suite that ships with the program, wherever it is called from. */
const SUITE = fileURLToPath(new URL("../../../tasks/demo.yaml", import.meta.url));
/** The state every simulated device starts in. */
const SNAPSHOT = "clean";

/** `androidgen demo`: devices, run, score and dataset in one go, through the same code as the single commands. */
export async function demo(options: DemoOptions): Promise<void> {
  const start = performance.now();
  const suite = await loadSuite(SUITE);
  const out = await newFolder(options.out);
  const say = options.json === true ? () => {} : print;
  say(
    `${options.devices} simulated devices, ${suite.templates.length} templates × ${options.instances} instances × ${options.samples} samples`,
  );
  say("the model is a script that follows rules, not an LLM; its mistakes are drawn by seed");
  const store = await openStore(path.join(out, "androidgen.db"));
  try {
    const simulation = await startSimulationProcess(options);
    try {
      const models = await openModelLayer(simulatedModel(simulation));
      try {
        await collect({ store, simulation, models, suite, out, start }, options);
      } finally {
        await models.close();
      }
    } finally {
      await simulation.close();
    }
  } finally {
    await store.close();
  }
}

interface DemoBench {
  store: Store;
  simulation: SimulationProcess;
  models: ModelLayer;
  suite: TaskSuite;
  out: string;
  /** When the demo began, by `performance.now()`. */
  start: number;
}

async function collect(bench: DemoBench, options: DemoOptions): Promise<void> {
  const { store, simulation, models, suite, out, start } = bench;
  const agent = defaultAgentSpec("androidgen");
  const asked = simulatedModel(simulation);
  const driver = options.driver ?? "adb";
  const behaviour = { agent, driver, snapshot: SNAPSHOT, models: await chooseModels(asked) };
  const run = await planRun(store, {
    suite,
    instances: options.instances,
    samples: options.samples,
    seed: options.seed,
    settings: { ...settingsOf(behaviour), errorRate: options.errorRate },
  });
  const result = await withDriver({ ...options, adb: simulation.adb }, async (opened, signal) => {
    const progress =
      options.json === true ? plainProgress(process.stderr) : await outputProgress(process.stdout);
    try {
      return await carryOut({
        store,
        runId: run.id,
        agent,
        models,
        driver: opened,
        devices: simulation.devices.map((device) => device.serial),
        snapshot: SNAPSHOT,
        progress,
        signal,
      });
    } finally {
      progress.close();
    }
  });
  if (result.error !== undefined) throw result.error;
  if (result.interrupted) throw new Interrupted(`stopped; what was recorded is in ${store.file}`);
  if (options.json !== true) printSummary(result, store.file);
  const score = await scoreRun(store, run.id, { critic: { model: models.model, name: asked.model! } });
  if (options.json !== true) printScore(run.id, score, { strict: false, scripted: true });
  const dataset = path.join(out, "dataset");
  const manifest = await exportDataset(store, {
    runIds: [run.id],
    out: dataset,
    formats: ["llamafactory", "openai"],
    images: false,
    valShare: 0.1,
    seed: options.seed,
  });
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  if (options.json === true) {
    printJson({
      episodes: result.summary.episodes,
      steps: result.summary.steps,
      succeeded: result.summary.succeeded,
      kept: score.kept,
      samples: manifest.samples,
      seconds,
      db: store.file,
      dataset,
    });
    return;
  }
  printDataset(manifest, dataset);
  print(`\ndatabase ${store.file}\ndataset  ${dataset}\n${seconds} s in all`);
  print(`next: androidgen show ${run.id} --db ${store.file}`);
}

async function newFolder(out: string | undefined): Promise<string> {
  const folder = out ?? path.join("trajectories", `demo-${timeStamp()}`);
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(folder);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw configError(
      exists ? "OUT_EXISTS" : "OUT_NOT_WRITABLE",
      exists
        ? `${folder} exists already; name a new folder with --out`
        : `${folder}: cannot be made (${String(error)})`,
      error,
    );
  }
  return folder;
}
