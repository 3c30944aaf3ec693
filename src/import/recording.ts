import type { Action } from "../action/index.ts";
import type { PlanItem, Refusal } from "../agent/index.ts";
import type { Screen } from "../screen/index.ts";
import type { Place } from "./defect.ts";

/** One episode as its source has it, read but not yet stored. */
export interface Recording {
  /** What the source calls it, such as a trace's folder. */
  name: string;
  goal: string;
  /** Hex SHA-256 of what was read of it: the same episode is known again. */
  sha256: string;
  steps: RecordedStep[];
  /** Names of the apps it went through, as far as they are known. */
  apps: string[];
  /** How the agent, or the person, ended it. */
  finishStatus?: "complete" | "infeasible";
  answer?: string;
  /** Somebody's word on whether the goal was reached. */
  verdict?: { version: string; success: boolean };
  /** The screen after the last step, where the source has one. */
  finalScreen?: () => Promise<Screen>;
  /** Milliseconds since the epoch; absent where the source does not say. */
  recordedAt?: number;
}

export interface RecordedStep {
  place: Place;
  /** Reads the screen with its picture, which only one step at a time can afford. */
  screen: () => Promise<Screen>;
  plan: PlanItem[];
  /** The whole reply; empty where nobody wrote one. */
  response: string;
  /** What the source says was done, which can depend on the elements of the screen. */
  recorded: (screen: Screen) => RecordedAction;
  /** How this source's replies are read. Absent where there are none. */
  read?: (response: string, screen: Screen) => ReadReply;
}

/** What became of a step, as the source has it. */
export type RecordedAction =
  | { action: Action; thought?: string; missing?: readonly "target"[] }
  | { refusal: Refusal; thought?: string };

export type ReadReply = { ok: true; action: Action; thought: string } | { ok: false; reason: string };
