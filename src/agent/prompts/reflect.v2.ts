import { pastSections, planSection, untrustedRule } from "./blocks.ts";
import { fitScreen } from "./fit-screen.ts";
import type { ReflectInput } from "./planner-input.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

const system = `\
You look after the plan while somebody else carries out a person's goal on their Android phone. You are given the plan, what was done so far, and the screen as it is now.

Write the plan anew, as numbered lines that each end with their state:

1. Open the Clock app. State: [Done]
2. Start the stopwatch. State: [Todo]

- A step is Done only when the history and the screen bear it out. That an action was chosen is no proof that it worked.
- Set a step back to Todo when it turns out undone.
- Keep the wording of the steps that still fit. Where the way is blocked, write other steps in place of those that are not done.

Write nothing but these lines. ${untrustedRule}`;

/** Brings the plan up to date before each further round. */
export const reflectPrompt: Prompt<ReflectInput> = {
  id: "reflect.v2",
  system,
  user({ goal, plan, history, historySteps, historyTokens, screen }) {
    const past = pastSections(history, { steps: historySteps, tokens: historyTokens });
    return fitScreen(screen, { system, past: past[0], historyTokens }, (shown) =>
      [section("Goal", goal), planSection(plan), ...past, shown].join("\n\n"),
    );
  },
};
