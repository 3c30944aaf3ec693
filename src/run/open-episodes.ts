import type { Store, StoredEpisode } from "../store/index.ts";

/**
 * The episodes that are still to be carried out, one for each slot, all of them pending. Attempts of a
 * process that died are closed as interrupted. A new attempt takes the place of each interrupted one, and of
 * each that ended in an error of the device or the model: whoever resumes a run has mended those. Finished
 * episodes are never repeated, nor those in which androidgen itself failed.
 *
 * Only the holder of the run's lock may call this: it takes every running attempt for a dead one.
 */
export async function openEpisodes(store: Store, runId: string): Promise<StoredEpisode[]> {
  const open: StoredEpisode[] = [];
  for (const episode of await store.episodes.latest(runId)) {
    if (episode.state === "pending") {
      open.push(episode);
      continue;
    }
    if (episode.state === "running") await store.episodes.closeDead(episode.id);
    if (isRepeated(episode)) open.push(await store.episodes.retry(episode.id));
  }
  return open;
}

/** Whether `openEpisodes` would find nothing to carry out. Changes nothing. */
export async function isComplete(store: Store, runId: string): Promise<boolean> {
  const latest = await store.episodes.latest(runId);
  return latest.every((episode) => episode.state !== "pending" && !isRepeated(episode));
}

function isRepeated({ state, error }: StoredEpisode): boolean {
  if (state === "error") return error?.class === "infra" || error?.class === "llm";
  return state === "running" || state === "interrupted";
}
