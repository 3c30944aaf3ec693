import { apiSections, appsSection, untrustedScreenRule } from "./blocks.ts";
import { fitScreen } from "./fit-screen.ts";
import type { PlanInput } from "./planner-input.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

const system = `\
You plan how to reach a person's goal on their Android phone. Somebody else carries the plan out, one action at a time, and sees the screen as it changes.

Write the plan as 3 to 8 numbered lines. Each line is one thing to get done, not one touch: a screen to reach, a value to set, a fact to find. Every line ends with its state, which at the start is Todo unless this screen shows that the thing is already so:

1. Open the Clock app. State: [Todo]
2. Start the stopwatch. State: [Todo]

Where app interfaces are listed, one call may take the place of several screens. Write nothing but these lines. ${untrustedScreenRule}`;

/** The first plan of an episode. */
export const planPrompt: Prompt<PlanInput> = {
  id: "plan.v2",
  system,
  user({ goal, screen, apps, apis = [] }) {
    return fitScreen(screen, { system, historyTokens: 0 }, (shown) =>
      [section("Goal", goal), appsSection(apps), ...apiSections(apis), shown].join("\n\n"),
    );
  },
};
