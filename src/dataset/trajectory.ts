import { type AgentSpec, agentSpecOf, type PastStep } from "../agent/index.ts";
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
  /** Of the run: what its prompts tell, and how much of it. */
  agent: AgentSpec;
  steps: SeenStep[];
  /** The steps as the agent remembered them. */
  past: PastStep[];
}

export async function withScreens(store: Store, finished: FinishedEpisode): Promise<SeenTrajectory> {
  const { settings } = await store.runs.get(finished.episode.runId);
  const steps: SeenStep[] = [];
  for (const step of await store.steps.list(finished.episode.id)) {
    steps.push({ ...step, screen: await store.screens.load(step.screenId) });
  }
  return { ...finished, agent: agentSpecOf(settings), steps, past: steps.map(pastStep) };
}

function pastStep({ number, screen, response, action, refusal, output, finding }: SeenStep): PastStep {
  return {
    number,
    screen,
    response,
    ...(action === undefined ? {} : { action }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(output === undefined ? {} : { output }),
    ...(finding === undefined ? {} : { finding }),
  };
}

/** Whether the step's reply is one to learn: it was carried out. */
export function isTaught(step: Pick<StoredStep, "action" | "refusal">): boolean {
  return step.action !== undefined && step.refusal === undefined;
}
