import {
  defaultHistorySteps,
  formatPlan,
  planPrompt,
  policyPrompt,
  reflectPrompt,
  type PastStep,
  type PlanItem,
} from "../agent/index.ts";
import { listing } from "../screen/index.ts";
import type { Sample, SampleKind } from "./sample.ts";
import { isTaught, type SeenStep, type SeenTrajectory } from "./trajectory.ts";

/**
 * One sample for each action that was carried out, and one for each plan that was made. Prompts are written
 * anew, with the agent's own templates but without the examples of ExpSearch: what a model must learn is to act
 * without them. Replies that AutoCheck or the device refused are not taught; they stay in the history, so that
 * what came after them teaches how to recover.
 */
export function fullSamples(trajectory: SeenTrajectory): Sample[] {
  const { goal } = trajectory.instance;
  return trajectory.steps.flatMap((step, index) => [
    ...planningSample(trajectory, index, goal),
    ...executionSample(trajectory, step, index, "execution", goal, ""),
  ]);
}

/**
 * Samples of the first steps of a trajectory, towards the first part of its goal, for each part that StepCritic
 * found reached, as AndroidGen does it: a failed trajectory has good beginnings too. The end of the whole goal is no
 * end of its part: an agent that gives up, or says that all is done, says nothing of the part.
 */
export function subGoalSamples(
  trajectory: SeenTrajectory,
  subGoals: readonly { goal: string; steps: number }[],
): Sample[] {
  return subGoals.flatMap(({ goal, steps }, number) =>
    trajectory.steps
      .slice(0, steps)
      .flatMap((step, index) =>
        step.action?.type === "finish"
          ? []
          : executionSample(trajectory, step, index, "sub-goal", goal, `/${number + 1}`),
      ),
  );
}

function executionSample(
  trajectory: SeenTrajectory,
  step: SeenStep,
  index: number,
  kind: SampleKind,
  goal: string,
  suffix: string,
): Sample[] {
  if (!isTaught(step)) return [];
  const image = step.picture;
  return [
    {
      id: `${trajectory.episode.id}/${step.number}/${kind}${suffix}`,
      kind,
      episodeId: trajectory.episode.id,
      templateId: trajectory.instance.templateId,
      step: step.number,
      prompt: policyPrompt.id,
      system: policyPrompt.system,
      user: policyPrompt.user({
        goal,
        plan: step.plan,
        experiences: [],
        history: historyBefore(trajectory, index),
        historySteps: defaultHistorySteps,
        screen: step.screen,
        listing: listing(step.screen),
        marked: image !== undefined,
        apps: trajectory.episode.apps ?? [],
        stepsLeft: trajectory.instance.budget - index,
      }),
      assistant: step.response.trim(),
      ...(image === undefined ? {} : { image }),
    },
  ];
}

function planningSample(trajectory: SeenTrajectory, index: number, goal: string): Sample[] {
  const step = trajectory.steps[index]!;
  if (step.plan.length === 0) return [];
  const before: readonly PlanItem[] = trajectory.steps[index - 1]?.plan ?? [];
  const screen = { goal, screen: step.screen, listing: listing(step.screen) };
  const first = before.length === 0;
  const prompt = first ? planPrompt : reflectPrompt;
  const user = first
    ? planPrompt.user({ ...screen, apps: trajectory.episode.apps ?? [] })
    : reflectPrompt.user({
        ...screen,
        plan: before,
        history: historyBefore(trajectory, index),
        historySteps: defaultHistorySteps,
      });
  return [
    {
      id: `${trajectory.episode.id}/${step.number}/planning`,
      kind: "planning",
      episodeId: trajectory.episode.id,
      templateId: trajectory.instance.templateId,
      step: step.number,
      prompt: prompt.id,
      system: prompt.system,
      user,
      assistant: formatPlan(step.plan),
    },
  ];
}

function historyBefore(trajectory: SeenTrajectory, index: number): PastStep[] {
  return trajectory.steps.slice(0, index).map((step) => ({
    number: step.number,
    screen: step.screen,
    response: step.response,
    ...(step.action === undefined ? {} : { action: step.action }),
    ...(step.refusal === undefined ? {} : { refusal: step.refusal }),
  }));
}
