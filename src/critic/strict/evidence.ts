import type { Action } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { Store, StoredStep } from "../../store/index.ts";
import type { TaskInstance } from "../../task/index.ts";
import { codeLine } from "../action-code.ts";
import type { Trajectory } from "../trajectory.ts";

/** Longest output of an app interface that is shown, in characters. */
const longestOutput = 2_000;
/** Longest reason of a refusal or a finding, in characters. */
const longestReason = 300;

/** A step as a judge sees it who believes no words: the screen, what was done, what came of it. */
export interface Round {
  number: number;
  screen: Screen;
  /** The first round whose screen was the same, where there is one. */
  sameAs?: number;
  action: string;
  outcome: string;
  /** What an app interface gave. */
  output?: string;
  /** The person was told something in this round. */
  told: boolean;
}

export interface Evidence {
  goal: string;
  rounds: Round[];
  /** As the agent left it. */
  last: Screen;
  /** What the person was told, where the goal asks for it; what an agent says otherwise is no evidence. */
  answer?: string;
}

/** Screens and actions of a trajectory, without the agent's analysis, plans, notes and last words. */
export async function evidenceOf(store: Store, trajectory: Trajectory): Promise<Evidence> {
  const { episode, instance, steps } = trajectory;
  const rounds: Round[] = [];
  const seen = new Map<string, number>();
  for (const step of steps) {
    const screen = await store.screens.load(step.screenId);
    const before = seen.get(step.state);
    if (before === undefined) seen.set(step.state, step.number);
    rounds.push({
      number: step.number,
      screen,
      ...(before === undefined ? {} : { sameAs: before }),
      action: step.action === undefined ? "no action that could be read" : actionText(step.action, screen),
      outcome: outcomeOf(step),
      ...(step.output === undefined ? {} : { output: step.output.slice(0, longestOutput) }),
      told: step.action?.type === "answer" || step.action?.type === "finish",
    });
  }
  const last = await lastScreen(store, trajectory);
  const answer = asksForAnswer(instance, steps) ? episode.answer : undefined;
  return { goal: instance.goal, rounds, last, ...(answer === undefined ? {} : { answer }) };
}

/** Trajectories from elsewhere may lack the screen after their last step; the one before it stands in. */
export async function lastScreen(store: Store, { episode, steps }: Trajectory): Promise<Screen> {
  const id = episode.finalScreenId ?? steps.at(-1)?.screenId;
  if (id === undefined) throw new RangeError(`episode ${episode.id} has no screen to judge by`);
  return store.screens.load(id);
}

/** The screen after a round. */
export function screenAfter({ rounds, last }: Evidence, number: number): Screen {
  return rounds[number]?.screen ?? last;
}

/**
 * Whether what the agent told is part of the goal. The message with which it ends an episode counts as its answer
 * only where the task checks one or the goal is a question; else it is but a claim of success.
 */
function asksForAnswer({ goal, checks }: TaskInstance, steps: readonly StoredStep[]): boolean {
  const answered = steps.some(({ action }) => action?.type === "answer");
  return answered || goal.includes("?") || checks.some((check) => "answer" in check);
}

/** The code of an action and the element it meant, without what the agent says in it. */
function actionText(action: Action, screen: Screen): string {
  if (action.type === "finish") {
    return action.status === "complete" ? "ended the task" : "ended the task as one that cannot be done";
  }
  if (action.type === "quote") return "noted something for itself";
  if (action.type === "answer") return "told the person an answer";
  return codeLine(action, screen);
}

function outcomeOf({ refusal, finding }: StoredStep): string {
  // The reasons of other rules may quote what the agent said.
  if (refusal?.rule === "device") return `NOT carried out, refused by the device: ${oneLine(refusal.reason)}`;
  if (refusal !== undefined) return `NOT carried out, refused by ${refusal.rule}`;
  return finding === undefined ? "carried out" : `carried out, but ${oneLine(finding.reason)}`;
}

/** A reason may quote the screen: on one line it cannot pose as a section. */
function oneLine(reason: string): string {
  return reason.replaceAll(/\s+/gu, " ").slice(0, longestReason);
}
