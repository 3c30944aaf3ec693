import type { Action } from "../../src/action/index.ts";
import type { Refusal } from "../../src/agent/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import type { Store, StoredEpisode } from "../../src/store/index.ts";
import type { CheckResult, TaskInstance } from "../../src/task/index.ts";
import { fakeDecision, pageTask } from "./fakes.ts";

export interface EpisodeToRecord {
  instance?: Partial<TaskInstance>;
  steps: readonly { screen: Screen; action?: Action; refusal?: Refusal; response?: string }[];
  finalScreen: Screen;
  answer?: string;
  /** Of the checks; null for an episode that nobody checked. */
  passed?: boolean | null;
}

const times = { startedAt: 1, endedAt: 2, deviceMs: 3, modelMs: 4, ownMs: 5 };

/** Records a run of finished episodes without a device, each of a task of its own. Gives the run's id. */
export async function recordEpisodes(store: Store, given: readonly EpisodeToRecord[]): Promise<string> {
  const instances = given.map(({ instance }, i) => pageTask(i + 1, 1, instance));
  const run = await store.runs.create({
    suite: { name: "book", sha256: "0" },
    seed: 1,
    samples: 1,
    settings: {},
    instances,
    episodes: instances.map(({ id }) => ({ instanceId: id, sample: 1, seed: 7 })),
  });
  for (const [i, episode] of (await store.episodes.list(run.id)).entries()) {
    await recordSteps(store, episode, given[i]!);
  }
  return run.id;
}

async function recordSteps(store: Store, { id }: StoredEpisode, given: EpisodeToRecord): Promise<void> {
  await store.episodes.start(id, "book-1");
  for (const [i, { screen, action, refusal, response }] of given.steps.entries()) {
    await store.steps.record({
      episodeId: id,
      number: i + 1,
      screen: await store.screens.save(screen),
      decision: fakeDecision(action, response === undefined ? {} : { response }),
      calls: [],
      ...(refusal === undefined ? {} : { refusal }),
      ...times,
    });
  }
  const { passed = true, answer, finalScreen } = given;
  const checks: CheckResult[] =
    passed === null ? [] : [{ passed, check: "page shown", found: passed ? "page shown" : "another" }];
  await store.episodes.finish(id, {
    success: passed !== false,
    finishStatus: "complete",
    ...(answer === undefined ? {} : { answer }),
    finalScreen: await store.screens.save(finalScreen),
    apps: [],
    checkVersion: "checks.v1",
    checks,
  });
}
