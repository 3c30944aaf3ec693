import { isDeepStrictEqual } from "node:util";
import {
  actionPrompt,
  agentPrompts,
  findCircle,
  formatPlan,
  parsePlan,
  planPrompt,
  type PlanItem,
  reflectPrompt,
  strategyPrompt,
} from "../agent/index.ts";
import type { Sample, SampleKind } from "./sample.ts";
import { isTaught, type SeenStep, type SeenTrajectory } from "./trajectory.ts";

/**
 * One sample for each action that was carried out, and one for each plan that was made. Prompts are written
 * anew, with the templates of the run's own agent but without the examples of ExpSearch: what a model must learn is to act
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
  const { agent, episode, instance, past } = trajectory;
  const image = step.picture;
  const prompt = actionPrompt(
    agent,
    {
      goal,
      plan: step.plan,
      experiences: [],
      history: past.slice(0, index),
      ...historyBounds(trajectory),
      screen: step.screen,
      apps: episode.apps ?? [],
      apis: episode.apis ?? [],
      stepsLeft: instance.budget - index,
      circle: circleBefore(trajectory, index),
    },
    image,
  );
  if (prompt === undefined) return [];
  return [
    {
      id: `${episode.id}/${step.number}/${kind}${suffix}`,
      kind,
      episodeId: episode.id,
      templateId: instance.templateId,
      step: step.number,
      prompt: prompt.id,
      system: prompt.system,
      user: prompt.user,
      assistant: step.response.trim(),
      ...(image === undefined ? {} : { image }),
    },
  ];
}

/**
 * The plan that a step was taken with, unless the planner failed, which leaves the old one. A new strategy that is the
 * old one teaches nothing.
 */
function planningSample(trajectory: SeenTrajectory, index: number, goal: string): Sample[] {
  const step = trajectory.steps[index]!;
  if (step.plan.length === 0 || (step.planner && !parsePlan(step.planner.response).ok)) return [];
  const { episode, instance, past } = trajectory;
  const before: readonly PlanItem[] = trajectory.steps[index - 1]?.plan ?? [];
  const { screen } = step;
  const { apps = [], apis = [] } = episode;
  const told = { goal, plan: before, history: past.slice(0, index), ...historyBounds(trajectory), screen };
  const circle = circleBefore(trajectory, index);
  if (before.length > 0 && circle !== undefined && isDeepStrictEqual(before, step.plan)) return [];
  const [prompt, user] =
    before.length === 0
      ? [planPrompt, planPrompt.user({ goal, screen, apps, apis })]
      : circle === undefined
        ? [reflectPrompt, reflectPrompt.user(told)]
        : [strategyPrompt, strategyPrompt.user({ ...told, apps, apis, circle })];
  return [
    {
      id: `${episode.id}/${step.number}/planning`,
      kind: "planning",
      episodeId: episode.id,
      templateId: instance.templateId,
      step: step.number,
      prompt: prompt.id,
      system: prompt.system,
      user,
      assistant: formatPlan(step.plan),
    },
  ];
}

function historyBounds({ agent }: SeenTrajectory) {
  return { historySteps: agent.historySteps, historyTokens: agent.historyTokens };
}

/**
 * As ReflectPlan found it, where the agent had it. What was asked with a prompt of before, and what other systems
 * recorded, was told of no circle.
 */
function circleBefore({ agent, past, steps }: SeenTrajectory, index: number) {
  const { policy, screen } = steps[index]!;
  const looked = agent.modules.reflectPlan && policy !== undefined && agentPrompts.has(policy.prompt);
  return looked ? findCircle(past.slice(0, index), screen) : undefined;
}
