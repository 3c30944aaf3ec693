import type { OfferedApi } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { PastStep, PlanItem } from "../agent.ts";

/** What the planner is told before the first round. */
export interface PlanInput {
  goal: string;
  screen: Screen;
  apps: readonly string[];
  /** App interfaces that may be called. */
  apis?: readonly OfferedApi[];
}

/** What the planner is told later. */
export interface ReflectInput {
  goal: string;
  plan: readonly PlanItem[];
  history: readonly PastStep[];
  /** Rounds told in the model's own words. */
  historySteps: number;
  /** Bound of the whole history. */
  historyTokens: number;
  screen: Screen;
}
