import type { StepLabel, Store } from "../store/index.ts";
import type { Asker } from "./ask.ts";
import { parseLabels } from "./labels.ts";
import { stepCriticPrompt } from "./prompts/step-critic.v2.ts";
import { lastScreen } from "./strict/evidence.ts";
import type { Trajectory } from "./trajectory.ts";

/** Screens at the end that are shown, as far as they differ. */
const shownScreens = 3;

/**
 * Asks the model in one call which conditions of the goal each step met. Undefined where its replies could not be read.
 */
export async function labelSteps(
  store: Store,
  asker: Asker,
  trajectory: Trajectory,
): Promise<StepLabel[] | undefined> {
  const { episode, instance, steps } = trajectory;
  const screens = [await lastScreen(store, trajectory)];
  for (const step of [...steps].reverse()) {
    if (screens.length === shownScreens) break;
    if (step.fingerprint !== screens[0]!.fingerprint)
      screens.unshift(await store.screens.load(step.screenId));
  }
  return asker.ask({
    prompt: stepCriticPrompt,
    text: stepCriticPrompt.user({ goal: instance.goal, steps, lastScreens: screens }),
    seed: episode.seed,
    read: (reply) => parseLabels(reply, steps.length),
  });
}
