import type { Store, StoredEpisode, StoredStep, StoredVerdict } from "../store/index.ts";
import type { TaskInstance } from "../task/index.ts";

/** A finished episode with everything a judge looks at. */
export interface Trajectory {
  episode: StoredEpisode;
  instance: TaskInstance;
  steps: StoredStep[];
  verdicts: StoredVerdict[];
}

/** The finished episodes of a run, one for each slot. Attempts that broke off have nothing to judge. */
export async function* finishedTrajectories(store: Store, runId: string): AsyncGenerator<Trajectory> {
  const instances = new Map((await store.runs.instances(runId)).map((instance) => [instance.id, instance]));
  for (const episode of await store.episodes.latest(runId)) {
    if (episode.state !== "succeeded" && episode.state !== "failed") continue;
    const steps = await store.steps.list(episode.id);
    const verdicts = await store.verdicts.list(episode.id);
    yield { episode, instance: instances.get(episode.instanceId)!, steps, verdicts };
  }
}
