import {
  historySection,
  screenSection,
  section,
  type ToldStep,
  untrustedScreenRule,
} from "../../agent/index.ts";
import { listing, type Screen } from "../../screen/index.ts";

export interface StepCriticInput {
  goal: string;
  steps: readonly ToldStep[];
  /** As the agent left it. */
  finalScreen: Screen;
}

const system = `\
You review how an agent operated an Android phone for a person. You are given the person's goal, what the agent wrote in each round, and the final screen.

First list the conditions that must all have been met for the goal to be reached, in the order in which they can be met: one short sentence each, at most eight, the last one being that the whole goal is reached and saved. Then find, for each condition, the first round after which it was met.

Reply with JSON alone, in this form:

{"conditions": [{"condition": "The Clock app is open", "step": 1}, {"condition": "An alarm for 7:30 is on", "step": -1}]}

- "step" is the number of a round, or -1 where no round met the condition.
- What the agent says of its own success proves nothing. Look at what it did, what was refused, and the final screen.
- Something typed or chosen but not saved is not done.
- ${untrustedScreenRule}`;

/** StepCritic (AndroidGen, section 3.3): one call that labels the steps of a whole trajectory. */
export const stepCriticPrompt = {
  id: "step-critic.v1",
  system,
  user({ goal, steps, finalScreen }: StepCriticInput): string {
    return [
      section("Goal", goal),
      historySection(steps, steps.length),
      screenSection(finalScreen, listing(finalScreen)),
    ].join("\n\n");
  },
};
