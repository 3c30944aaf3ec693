import { scoreRun } from "../../critic/index.ts";
import { configError } from "../../errors.ts";
import { chosenTemplates, isComplete } from "../../run/index.ts";
import type { StoredRun } from "../../store/index.ts";
import { loadSuite } from "../../task/index.ts";
import { namedEmbedder, withEmbedder } from "../agent/embeddings.ts";
import { withBench } from "../bench.ts";
import type { AblateOptions } from "../commands/ablate.ts";
import { chooseModels, describeModels } from "../model.ts";
import { print, printJson } from "../output.ts";
import { settingsOf } from "../run/settings.ts";
import { type Ablation, withStores } from "./ablation.ts";
import { type Arm, armsOf } from "./arms.ts";
import { carryOutArm } from "./carry-out-arm.ts";
import { type ArmResult, measureArm } from "./measure.ts";
import { type AblationKey, planArm, startedArms } from "./plan.ts";
import { caveats, printTableOf } from "./table.ts";

/** `androidgen ablate`: the same tasks by AndroidGen's agent with one module after the other. */
export async function ablate(file: string, options: AblateOptions): Promise<void> {
  const suite = await loadSuite(file);
  chosenTemplates(suite, options.only);
  const embedder = await namedEmbedder(options.embeddings);
  const { devices, seed, errorRate } = options;
  try {
    await withBench({ ...options, simulated: { devices, seed, errorRate } }, (bench) =>
      withStores(options, (stores) => measureAll({ ...stores, suite, bench, embedder }, options)),
    );
  } finally {
    await embedder?.close();
  }
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
    if (!(await isComplete(store, run.id))) await carryOutArm(ablation, arm, run, options.json === true);
    const result = await measureArm(store, arm, run.id);
    results.push(result);
    if (options.json === true) printJson(result);
    before = run;
  }
  const notes = caveats(bench.scripted, options.examplesFrom !== undefined);
  if (options.json === true) {
    const { scripted } = bench;
    printJson({ ...key, suite: suite.name, scripted, notes, arms: results, db: store.file });
  } else {
    printTableOf(results, notes);
    print(`database ${store.file}`);
  }
  if (results.some(({ errors }) => errors > 0)) process.exitCode = 1;
}

/** What makes two ablations the same one. */
async function keyOf({ suite, bench, embedder }: Ablation, options: AblateOptions): Promise<AblationKey> {
  const { only, instances, samples, seed, errorRate } = options;
  return {
    suite: suite.sha256,
    ...(only === undefined ? {} : { only }),
    instances,
    samples,
    seed,
    models: describeModels(await chooseModels(bench.asked)),
    ...(bench.scripted ? { errorRate } : {}),
    driver: bench.driver.name,
    ...(bench.snapshot === undefined ? {} : { snapshot: bench.snapshot }),
    otherExamples: options.examplesFrom !== undefined,
    ...(embedder === undefined ? {} : { embeddings: embedder.model }),
  };
}

async function plan(
  { suite, store, bench, embedder }: Ablation,
  key: AblationKey,
  arm: Arm,
): Promise<StoredRun> {
  const settings = settingsOf({
    agent: arm.agent.modules.expSearch ? withEmbedder(arm.agent, embedder) : arm.agent,
    driver: bench.driver.name,
    ...(bench.snapshot === undefined ? {} : { snapshot: bench.snapshot }),
    models: await chooseModels(bench.asked),
  });
  return planArm(store, { suite, key, arm, settings });
}
