import type { Screen } from "../../screen/index.ts";
import { screenSection, section, untrustedScreenRule } from "./blocks.ts";
import type { Prompt } from "./prompt.ts";

export interface PlanInput {
  goal: string;
  screen: Screen;
  listing: string;
  apps: readonly string[];
}

const system = `\
You plan how to reach a person's goal on their Android phone. Somebody else carries the plan out, one action at a time, and sees the screen as it changes.

Write the plan as 3 to 8 numbered lines. Each line is one thing to get done, not one touch: a screen to reach, a value to set, a fact to find. Every line ends with its state, which at the start is Todo unless this screen shows that the thing is already so:

1. Open the Clock app. State: [Todo]
2. Start the stopwatch. State: [Todo]

Write nothing but these lines. ${untrustedScreenRule}`;

/** The first plan of an episode. */
export const planPrompt: Prompt<PlanInput> = {
  id: "plan.v1",
  system,
  user(input) {
    return [
      section("Goal", input.goal),
      section("Installed apps", input.apps.length === 0 ? "unknown" : input.apps.join(", ")),
      screenSection(input.screen, input.listing),
    ].join("\n\n");
  },
};
