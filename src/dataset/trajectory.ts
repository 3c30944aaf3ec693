import type { FinishedEpisode } from "../critic/index.ts";
import type { Screen } from "../screen/index.ts";
import type { Store, StoredStep } from "../store/index.ts";

export interface SeenStep extends StoredStep {
  /** As the agent saw it; with its picture where pictures were asked for. */
  screen: Screen;
}

/** A trajectory with its screens, of which samples are made. */
export interface SeenTrajectory extends FinishedEpisode {
  steps: SeenStep[];
}

export async function withScreens(
  store: Store,
  finished: FinishedEpisode,
  options: { images: boolean },
): Promise<SeenTrajectory> {
  const steps: SeenStep[] = [];
  for (const step of await store.steps.list(finished.episode.id)) {
    steps.push({ ...step, screen: await store.screens.load(step.screenId, { image: options.images }) });
  }
  return { ...finished, steps };
}
