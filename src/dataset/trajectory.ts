import type { Trajectory } from "../critic/index.ts";
import type { Screen } from "../screen/index.ts";
import type { Store, StoredStep } from "../store/index.ts";

export interface SeenStep extends StoredStep {
  /** As the agent saw it; with its picture where pictures were asked for. */
  screen: Screen;
}

/** A trajectory with its screens, of which samples are made. */
export interface SeenTrajectory extends Trajectory {
  steps: SeenStep[];
}

export async function withScreens(
  store: Store,
  trajectory: Trajectory,
  options: { images: boolean },
): Promise<SeenTrajectory> {
  const steps: SeenStep[] = [];
  for (const step of trajectory.steps) {
    steps.push({ ...step, screen: await store.screens.load(step.screenId, { image: options.images }) });
  }
  return { ...trajectory, steps };
}
