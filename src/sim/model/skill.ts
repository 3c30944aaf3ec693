import type { Page } from "./page.ts";
import type { Round } from "./prompt/history.ts";

/** All a skill knows: the prompt, and nothing else. */
export interface Situation {
  goal: string;
  page: Page;
  /** The last rounds, oldest first. */
  history: readonly Round[];
  /** The prompt says that the last rounds led nowhere. */
  stuck: boolean;
  /** The prompt holds a plan with lines that are still to be done. */
  openPlan: boolean;
}

/** What to do in this round. */
export interface Move {
  /** Line of the plan that is worked on, from 1; one more than the plan has when all is done. */
  stage: number;
  /** AndroidGen's one-line code. */
  code: string;
  why: string;
}

/** The named groups of the goal's pattern. */
export type Values = Record<string, string>;

/**
 * A family of goals and the way to reach them. `next` looks at the screen alone, as far as it can: so it
 * starts anywhere, and finds its way back after a mistake.
 */
export interface Skill {
  name: string;
  goals: RegExp[];
  plan(values: Values): string[];
  next(situation: Situation, values: Values): Move;
}
