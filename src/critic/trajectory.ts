import type { Store, StoredEpisode, StoredStep, StoredVerdict } from "../store/index.ts";
import type { TaskInstance } from "../task/index.ts";

/** A finished episode and what was said of it. */
export interface FinishedEpisode {
  episode: StoredEpisode;
  instance: TaskInstance;
  verdicts: StoredVerdict[];
}

/** A finished episode with everything a judge looks at. */
export interface Trajectory extends FinishedEpisode {
  steps: StoredStep[];
}

/** The finished episodes of a run, one for each slot. Attempts that broke off have nothing to judge. */
export async function* finishedEpisodes(store: Store, runId: string): AsyncGenerator<FinishedEpisode> {
  const instances = new Map((await store.runs.instances(runId)).map((instance) => [instance.id, instance]));
  for (const episode of await store.episodes.latest(runId)) {
    if (episode.state !== "succeeded" && episode.state !== "failed") continue;
    const verdicts = await store.verdicts.list(episode.id);
    yield { episode, instance: instances.get(episode.instanceId)!, verdicts };
  }
}

/** The same with their steps, one episode in memory at a time. */
export async function* finishedTrajectories(store: Store, runId: string): AsyncGenerator<Trajectory> {
  for await (const finished of finishedEpisodes(store, runId)) {
    yield { ...finished, steps: await store.steps.list(finished.episode.id) };
  }
}
