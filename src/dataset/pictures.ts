import { actionPicture, type AgentSpec } from "../agent/index.ts";
import { AndroidGenError } from "../errors.ts";
import type { ScreenImage } from "../screen/index.ts";
import type { Store } from "../store/index.ts";
import { isTaught, type SeenStep, type SeenTrajectory } from "./trajectory.ts";

/** Pictures in work: each is a decoded screen, 8 MB at 1080 x 2400, and a thread of the four that Node has for them. */
const atOnce = 4;

export interface PictureOptions {
  /** Only the first so many steps are needed. */
  steps: number;
  /** Told of each step whose recorded picture cannot be decoded; it goes on without. */
  onUnreadable: (step: SeenStep) => void;
  signal?: AbortSignal | undefined;
}

/**
 * The trajectory with the pictures of the steps that are taught: what the agent shows to a model that can see, made
 * from the recorded picture and elements, whether the run's own model was shown pictures or not. The same records
 * give the same bytes.
 */
export async function withPictures(
  store: Store,
  trajectory: SeenTrajectory,
  { steps: needed, onUnreadable, signal }: PictureOptions,
): Promise<SeenTrajectory> {
  const steps: SeenStep[] = [];
  for (let at = 0; at < trajectory.steps.length; at += atOnce) {
    signal?.throwIfAborted();
    const some = trajectory.steps.slice(at, at + atOnce).map(async (step, i): Promise<SeenStep> => {
      if (at + i >= needed || !isTaught(step)) return step;
      const picture = await pictureOf(store, trajectory.agent, step, onUnreadable);
      return picture === undefined ? step : { ...step, picture };
    });
    steps.push(...(await Promise.all(some)));
  }
  return { ...trajectory, steps };
}

async function pictureOf(
  store: Store,
  agent: AgentSpec,
  step: SeenStep,
  onUnreadable: PictureOptions["onUnreadable"],
): Promise<ScreenImage | undefined> {
  const image = await store.screens.picture(step.screenId);
  if (image === undefined) return undefined;
  try {
    return await actionPicture(agent, { ...step.screen, image });
  } catch (error) {
    // One broken file among thousands must not cost the rest of the dataset; the manifest names it.
    if (!AndroidGenError.isInstance(error) || error.code !== "IMAGE_BROKEN") throw error;
    onUnreadable(step);
    return undefined;
  }
}
