import { configError } from "../errors.ts";
import { seedOf } from "../random.ts";
import type { RunSettings, Store, StoredRun } from "../store/index.ts";
import { drawInstance, type TaskSuite, type TaskTemplate } from "../task/index.ts";

export interface RunPlan {
  suite: TaskSuite;
  /** Ids of the templates to run; all without it. */
  only?: readonly string[];
  /** Instances drawn of each template. */
  instances: number;
  /** Episodes of each instance. */
  samples: number;
  seed: number;
  /** What the caller needs to carry the run on. Stored as it is: no secrets, no paths of this host. */
  settings: RunSettings;
}

/**
 * Draws the tasks and writes the run with all its episodes. From here on the suite file is not needed: a run
 * carries out the tasks it was planned with, whatever becomes of the file.
 * Throws `TASK_NOT_FOUND` (class `config`).
 */
export async function planRun(store: Store, plan: RunPlan): Promise<StoredRun> {
  const { suite, samples, seed, settings } = plan;
  const templates = chosenTemplates(suite, plan.only);
  const instances = numbers(plan.instances).flatMap((number) =>
    templates.map((template) => drawInstance(template, number, seed)),
  );
  // Every task once before any task twice: a run that is stopped early has seen them all.
  const episodes = numbers(samples).flatMap((sample) =>
    instances.map(({ id }) => ({ instanceId: id, sample, seed: seedOf("episode", seed, id, sample) })),
  );
  return store.runs.create({
    suite: { name: suite.name, sha256: suite.sha256 },
    seed,
    samples,
    settings: suite.benchmark ? { ...settings, benchmark: true } : settings,
    instances,
    episodes,
  });
}

export interface ReplayPlan {
  /** The recorded run. */
  runId: string;
  /** Ids of the templates to do again; all without it. */
  only?: readonly string[];
  settings: RunSettings;
}

/**
 * Writes a run with the tasks, samples and seeds of a recorded one, so that each episode that came to a result can be done
 * again. Throws `RUN_NOT_FOUND`, `TASK_NOT_FOUND` or, where none did, `REPLAY_EMPTY` (class `config`).
 */
export async function planReplay(store: Store, { runId, only, settings }: ReplayPlan): Promise<StoredRun> {
  const { suite, suiteSha256, seed, samples, settings: recordedSettings } = await store.runs.get(runId);
  const recorded = await store.runs.instances(runId);
  const chosen = new Set(chosenIds(suite, new Set(recorded.map(({ templateId }) => templateId)), only));
  const ids = new Set(recorded.filter(({ templateId }) => chosen.has(templateId)).map(({ id }) => id));
  const episodes = (await store.episodes.latest(runId)).filter(
    ({ instanceId, state }) => ids.has(instanceId) && (state === "succeeded" || state === "failed"),
  );
  if (episodes.length === 0) {
    throw configError(
      "REPLAY_EMPTY",
      `The run ${runId} has no episode yet that came to a result to be done again.`,
    );
  }
  const instances = recorded.filter(({ id }) => episodes.some(({ instanceId }) => instanceId === id));
  return store.runs.create({
    suite: { name: suite, sha256: suiteSha256 },
    seed,
    samples,
    settings: recordedSettings["benchmark"] === true ? { ...settings, benchmark: true } : settings,
    instances,
    episodes: episodes.map(({ instanceId, sample, seed: own }) => ({ instanceId, sample, seed: own })),
  });
}

/** The templates of a suite that were named; all where none was. Throws `TASK_NOT_FOUND` (class `config`). */
export function chosenTemplates(suite: TaskSuite, only: readonly string[] | undefined): TaskTemplate[] {
  const chosen = new Set(chosenIds(suite.name, new Set(suite.templates.map(({ id }) => id)), only));
  return suite.templates.filter(({ id }) => chosen.has(id));
}

function chosenIds(
  suite: string,
  known: ReadonlySet<string>,
  only: readonly string[] | undefined,
): readonly string[] {
  const unknown = (only ?? []).filter((id) => !known.has(id));
  if (unknown.length === 0) return only ?? [...known];
  throw configError(
    "TASK_NOT_FOUND",
    `The suite ${suite} has no task ${unknown.join(", ")}. It has: ${[...known].join(", ")}.`,
  );
}

/** 1 to `count`. */
function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
