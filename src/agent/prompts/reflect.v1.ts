import type { Screen } from "../../screen/index.ts";
import type { PastStep, PlanItem } from "../agent.ts";
import { historySection, planSection, screenSection, section, untrustedScreenRule } from "./blocks.ts";
import type { Prompt } from "./prompt.ts";

export interface ReflectInput {
  goal: string;
  plan: readonly PlanItem[];
  history: readonly PastStep[];
  /** Rounds of history that are shown. */
  historySteps: number;
  screen: Screen;
  listing: string;
}

const system = `\
You look after the plan while somebody else carries out a person's goal on their Android phone. You are given the plan, what was done so far, and the screen as it is now.

Write the plan anew, as numbered lines that each end with their state:

1. Open the Clock app. State: [Done]
2. Start the stopwatch. State: [Todo]

- A step is Done only when the history and the screen bear it out. That an action was chosen is no proof that it worked.
- Set a step back to Todo when it turns out undone.
- Keep the wording of the steps that still fit. Where the way is blocked, write other steps in place of those that are not done.

Write nothing but these lines. ${untrustedScreenRule}`;

/** Brings the plan up to date before each further round. */
export const reflectPrompt: Prompt<ReflectInput> = {
  id: "reflect.v1",
  system,
  user(input) {
    return [
      section("Goal", input.goal),
      planSection(input.plan),
      historySection(input.history, input.historySteps),
      screenSection(input.screen, input.listing),
    ].join("\n\n");
  },
};
