import { type Circle, circleText } from "../reflect-plan/circle.ts";
import { apiSections, appsSection, pastSections, planSection, untrustedRule } from "./blocks.ts";
import { fitScreen } from "./fit-screen.ts";
import type { PlanInput, ReflectInput } from "./planner-input.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

export interface StrategyInput extends PlanInput, ReflectInput {
  circle: Circle;
}

const system = `\
You look after the plan while somebody else carries out a person's goal on their Android phone. They are stuck: what they did last leads nowhere. You are given the plan, what was done so far, the screen as it is now, and how they are stuck.

Find out why it leads nowhere, and write a plan that takes another way, as numbered lines that each end with their state:

1. Open the Clock app. State: [Done]
2. Go to the Stopwatch tab over the menu. State: [Todo]

- Keep the steps that the history and the screen prove to be Done, and no others.
- Put something else in place of the step that failed: another app, menu, search, setting or app interface, or a way back to where it still went well. The same step in other words is no other way.
- Where the goal turns out to be impossible on this phone, the one step left is to say so.

Write nothing but these lines. ${untrustedRule}`;

/** A new plan for an agent that goes round in circles. */
export const strategyPrompt: Prompt<StrategyInput> = {
  id: "strategy.v1",
  system,
  user({ goal, plan, apps, apis = [], history, historySteps, historyTokens, screen, circle }) {
    const past = pastSections(history, { steps: historySteps, tokens: historyTokens });
    return fitScreen(screen, { system, past: past[0], historyTokens }, (shown) =>
      [
        section("Goal", goal),
        planSection(plan),
        appsSection(apps),
        ...apiSections(apis),
        ...past,
        shown,
        section("Stuck", circleText(circle)),
      ].join("\n\n"),
    );
  },
};
