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
    settings,
    instances,
    episodes,
  });
}

function chosenTemplates(suite: TaskSuite, only: readonly string[] | undefined): TaskTemplate[] {
  if (only === undefined) return suite.templates;
  const known = new Set(suite.templates.map(({ id }) => id));
  const unknown = only.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw configError(
      "TASK_NOT_FOUND",
      `The suite ${suite.name} has no task ${unknown.join(", ")}. It has: ${[...known].join(", ")}.`,
    );
  }
  return suite.templates.filter(({ id }) => only.includes(id));
}

/** 1 to `count`. */
function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
