import { type AgentSpec, agentSpecOf, type PastStep } from "../agent/index.ts";
import type { FinishedEpisode } from "../critic/index.ts";
import type { Screen, ScreenImage } from "../screen/index.ts";
import type { Answer, Store, StoredStep } from "../store/index.ts";

export interface SeenStep extends StoredStep {
  /** As the agent saw it, without the picture. */
  screen: Screen;
  /** The screen's picture with boxes and numbers, where pictures were asked for and the screen has one. */
  picture?: ScreenImage;
  /** What the policy and the planner were asked last, and replied; absent where no model was asked. */
  policy?: Answer | undefined;
  planner?: Answer | undefined;
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
  const { id, runId } = finished.episode;
  const { settings } = await store.runs.get(runId);
  const [policy, planner] = [
    await store.calls.answers(id, "policy"),
    await store.calls.answers(id, "planner"),
  ];
  const steps: SeenStep[] = [];
  for (const step of await store.steps.list(id)) {
    const screen = await store.screens.load(step.screenId);
    steps.push({ ...step, screen, policy: policy.get(step.number), planner: planner.get(step.number) });
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
