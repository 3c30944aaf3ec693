import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { ExperienceSource } from "../../agent/index.ts";
import { scoreRun } from "../../critic/index.ts";
import { AndroidGenError, configError } from "../../errors.ts";
import type { Spending } from "../../llm/index.ts";
import { chosenTemplates, isComplete } from "../../run/index.ts";
import { openStore, type Store, type StoredRun } from "../../store/index.ts";
import { loadSuite, type TaskSuite } from "../../task/index.ts";
import { type Bench, withBench } from "../bench.ts";
import type { AblateOptions } from "../commands/ablate.ts";
import { Interrupted } from "../interrupt.ts";
import { chooseModels, describeModels, openModelLayer } from "../model.ts";
import { print, printJson } from "../output.ts";
import { carryOut } from "../run/carry-out.ts";
import { outputProgress, plainProgress } from "../run/progress.ts";
import { settingsOf } from "../run/settings.ts";
import { timeStamp } from "../time-stamp.ts";
import { type Arm, armsOf } from "./arms.ts";
import { type ArmResult, measureArm } from "./measure.ts";
import { type AblationKey, planArm, startedArms } from "./plan.ts";
import { caveats, printTableOf } from "./table.ts";

/** `androidgen ablate`: the same tasks by AndroidGen's agent with one module after the other. */
export async function ablate(file: string, options: AblateOptions): Promise<void> {
  const suite = await loadSuite(file);
  chosenTemplates(suite, options.only);
  const db = options.db ?? path.join("trajectories", `ablation-${timeStamp()}`, "androidgen.db");
  await mkdir(path.dirname(db), { recursive: true });
  const examples =
    options.examplesFrom === undefined
      ? undefined
      : await openStore(options.examplesFrom, { readonly: true });
  const store = await openStore(db);
  const { devices, seed, errorRate } = options;
  try {
    await withBench({ ...options, simulated: { devices, seed, errorRate } }, (bench) =>
      measureAll({ suite, store, bench, examples: examples?.experiences }, options),
    );
  } catch (error) {
    throw (await store.runs.list()).length === 0 ? error : toGoOn(error, store.file);
  } finally {
    await store.close();
    await examples?.close();
  }
}

interface Ablation {
  suite: TaskSuite;
  store: Store;
  bench: Bench;
  examples: ExperienceSource | undefined;
}

async function measureAll(ablation: Ablation, options: AblateOptions): Promise<void> {
  const { suite, store, bench } = ablation;
  const arms = armsOf(suite, options.agents ?? []);
  if (bench.scripted && arms.some(({ agent }) => agent.kind === "picture")) {
    throw configError(
      "AGENT_OPTIONS",
      "the scripted model cannot see: name a model, or leave --agents picture out",
    );
  }
  const key = await keyOf(ablation, options);
  const started = await startedArms(store, key);
  const results: ArmResult[] = [];
  let before: StoredRun | undefined;
  for (const arm of arms) {
    if (arm.agent.modules.expSearch && ablation.examples === undefined && before !== undefined) {
      await scoreRun(store, before.id);
    }
    const run = started.get(arm.name) ?? (await plan(ablation, key, arm));
    if (!(await isComplete(store, run.id))) await carryOutArm(ablation, arm, run, options);
    const result = await measureArm(store, arm, run.id);
    results.push(result);
    if (options.json === true) printJson(result);
    before = run;
  }
  const notes = caveats(bench.scripted, options.examplesFrom !== undefined);
  if (options.json === true) {
    const { errorRate, ...common } = key;
    const rate = errorRate === undefined ? {} : { errorRate };
    printJson({
      ...common,
      ...rate,
      suite: suite.name,
      scripted: bench.scripted,
      notes,
      arms: results,
      db: store.file,
    });
  } else {
    printTableOf(results, notes);
    print(`database ${store.file}`);
  }
  if (results.some(({ errors }) => errors > 0)) process.exitCode = 1;
}

/** What makes two ablations the same one. */
async function keyOf({ suite, bench }: Ablation, options: AblateOptions): Promise<AblationKey> {
  const { only, instances, samples, seed, errorRate } = options;
  return {
    suite: suite.sha256,
    ...(only === undefined ? {} : { only }),
    instances,
    samples,
    seed,
    models: describeModels(await chooseModels(bench.asked)),
    ...(bench.scripted ? { errorRate } : {}),
    otherExamples: options.examplesFrom !== undefined,
  };
}

async function plan({ suite, store, bench }: Ablation, key: AblationKey, arm: Arm): Promise<StoredRun> {
  const settings = settingsOf({
    agent: arm.agent,
    driver: bench.driver.name,
    ...(bench.snapshot === undefined ? {} : { snapshot: bench.snapshot }),
    models: await chooseModels(bench.asked),
  });
  return planArm(store, { suite, key, arm, settings });
}

async function carryOutArm(
  { store, bench, examples }: Ablation,
  arm: Arm,
  run: StoredRun,
  options: AblateOptions,
): Promise<void> {
  const json = options.json === true;
  if (!json) print(`\n${arm.name}`);
  const models = await openModelLayer(bench.asked, { spent: await spentBy(store) });
  try {
    const { error, interrupted } = await carryOut({
      store,
      runId: run.id,
      agent: arm.agent,
      models,
      ...(examples === undefined ? {} : { experiences: examples }),
      ...(bench.snapshot === undefined ? {} : { snapshot: bench.snapshot }),
      driver: bench.driver,
      devices: bench.devices,
      progress: json ? plainProgress(process.stderr) : await outputProgress(process.stdout),
      signal: bench.signal,
    });
    if (error !== undefined) throw error;
    if (interrupted && !(await isComplete(store, run.id))) throw new Interrupted("stopped");
  } finally {
    await models.close();
  }
}

/** By all arms together: a budget is for the whole ablation. */
async function spentBy(store: Store): Promise<Spending> {
  const spent = { calls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
  for (const { id } of await store.runs.list()) {
    const usage = await store.calls.usage(id);
    for (const key of Object.keys(spent) as (keyof Spending)[]) spent[key] += usage[key];
  }
  return spent;
}

/** The error, with how to go on. */
function toGoOn(error: unknown, db: string): unknown {
  const hint = `what was measured is kept; to go on, give the same command with --db ${db}`;
  if (error instanceof Interrupted) return new Interrupted(`${error.message}; ${hint}`);
  if (!AndroidGenError.isInstance(error) || error.code === "ABLATION_DB") return error;
  const { code, class: failureClass, message } = error;
  return new AndroidGenError(`${message}\n${hint}`, { code, class: failureClass, cause: error });
}
