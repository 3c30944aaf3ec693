import type { FinishedEpisode } from "../critic/index.ts";
import type { Screen, ScreenImage } from "../screen/index.ts";
import type { Store, StoredStep } from "../store/index.ts";

export interface SeenStep extends StoredStep {
  /** As the agent saw it, without the picture. */
  screen: Screen;
  /** The screen's picture with boxes and numbers, where pictures were asked for and the screen has one. */
  picture?: ScreenImage;
}

/** A trajectory with its screens, of which samples are made. */
export interface SeenTrajectory extends FinishedEpisode {
  steps: SeenStep[];
}

export async function withScreens(store: Store, finished: FinishedEpisode): Promise<SeenTrajectory> {
  const steps: SeenStep[] = [];
  for (const step of await store.steps.list(finished.episode.id)) {
    steps.push({ ...step, screen: await store.screens.load(step.screenId) });
  }
  return { ...finished, steps };
}

/** Whether the step's reply is one to learn: it was carried out. */
export function isTaught(step: Pick<StoredStep, "action" | "refusal">): boolean {
  return step.action !== undefined && step.refusal === undefined;
}
