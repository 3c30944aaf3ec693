import type { Store, StoredEpisode } from "../../src/store/index.ts";
import type { TaskInstance } from "../../src/task/index.ts";

/** A run of one episode at this task, which is still pending. */
export async function pendingEpisode(store: Store, instance: TaskInstance): Promise<StoredEpisode> {
  const run = await store.runs.create({
    suite: { name: "book", sha256: "0" },
    seed: 1,
    samples: 1,
    settings: {},
    instances: [instance],
    episodes: [{ instanceId: instance.id, sample: 1, seed: 7 }],
  });
  return (await store.episodes.list(run.id))[0]!;
}

/** The same, started on a device. */
export async function startedEpisode(store: Store, instance: TaskInstance): Promise<StoredEpisode> {
  const episode = await pendingEpisode(store, instance);
  await store.episodes.start(episode.id, "book-1");
  return episode;
}
