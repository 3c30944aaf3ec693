import path from "node:path";
import { type AgentSpec, defaultAgentSpec } from "../../agent/index.ts";
import { planRun } from "../../run/index.ts";
import { openStore, type Store, type StoredEpisode } from "../../store/index.ts";
import type { CheckResult, TaskSuite } from "../../task/index.ts";
import type { Bench } from "../bench.ts";
import { Interrupted } from "../interrupt.ts";
import { openModelLayer } from "../model.ts";
import { carryOut } from "../run/carry-out.ts";
import { plainProgress } from "../run/progress.ts";
import { settingsOf } from "../run/settings.ts";

export interface AfterResult {
  episodes: number;
  passed: number;
  why: string[];
}

/** Has a model carry every task out, and looks whether the checks hold then. */
export async function proveAfter(
  suite: TaskSuite,
  bench: Bench,
  { instances, seed, folder }: { instances: number; seed: number; folder: string },
): Promise<Map<string, AfterResult>> {
  bench.signal.throwIfAborted();
  const store = await openStore(path.join(folder, "check.db"));
  try {
    const agent = defaultAgentSpec("androidgen");
    const settings = settingsOf({ agent, driver: bench.driver.name });
    const run = await planRun(store, { suite, instances, samples: 1, seed, settings });
    const result = await carryOutWith(bench, store, run.id, agent);
    if (result.error !== undefined) throw result.error;
    if (result.interrupted) throw new Interrupted("stopped");
    return await collect(store, run.id);
  } finally {
    await store.close();
  }
}

async function carryOutWith(bench: Bench, store: Store, runId: string, agent: AgentSpec) {
  const progress = plainProgress(process.stderr);
  const models = await openModelLayer(bench.asked, { onEvent: progress.listener });
  try {
    return await carryOut({ ...bench, store, runId, agent, models, progress });
  } finally {
    await models.close();
  }
}

async function collect(store: Store, runId: string): Promise<Map<string, AfterResult>> {
  const templateOf = new Map((await store.runs.instances(runId)).map((one) => [one.id, one.templateId]));
  const results = new Map<string, AfterResult>();
  for (const episode of await store.episodes.latest(runId)) {
    const template = templateOf.get(episode.instanceId)!;
    const result = results.get(template) ?? { episodes: 0, passed: 0, why: [] };
    result.episodes++;
    if (episode.state === "succeeded") result.passed++;
    else result.why.push(...(await reasons(store, episode)));
    results.set(template, result);
  }
  return results;
}

async function reasons(store: Store, episode: StoredEpisode): Promise<string[]> {
  if (episode.error !== undefined) return [`${episode.instanceId}: ${episode.error.message}`];
  const said = episode.finishStatus === undefined ? "never said it was done" : `said ${episode.finishStatus}`;
  const verdicts = await store.verdicts.list(episode.id);
  const checks = (verdicts[0]?.detail["checks"] ?? []) as CheckResult[];
  const failed = checks
    .filter((check) => !check.passed)
    .map((check) => `${check.check}; found ${check.found}`);
  return [`${episode.instanceId}: ${said} after ${episode.steps} steps`, ...failed];
}
