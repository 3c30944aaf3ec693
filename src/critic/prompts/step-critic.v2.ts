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
  /** The last screens, the one that the agent left at their end. */
  lastScreens: readonly Screen[];
}

const system = `\
You review how an agent operated an Android phone for a person. You are given the person's goal, what the agent wrote in each round, and the last screens.

First list the conditions that must all have been met for the goal to be reached, in the order in which they can be met: one short sentence each, at most eight, the last one being that the whole goal is reached and saved. Then find, for each condition, the first round after which it was met.

Reply with JSON alone, in this form:

{"conditions": [{"condition": "The Clock app is open", "step": 1}, {"condition": "An alarm for 7:30 is on", "step": -1}]}

- "step" is the number of a round, or -1 where no round met the condition.
- What the agent says of its own success proves nothing. Look at what it did, what was refused, and the last screens.
- Something typed or chosen but not saved is not done, and neither is something that was undone later.
- ${untrustedScreenRule}`;

/** StepCritic (AndroidGen, section 3.3): one call that labels the steps of a whole trajectory. */
export const stepCriticPrompt = {
  id: "step-critic.v2",
  system,
  user({ goal, steps, lastScreens }: StepCriticInput): string {
    const earlier = lastScreens.slice(0, -1).map((screen, i) => {
      const body = screenSection(screen, listing(screen)).replace(/^# Screen\n/u, "");
      return `## ${lastScreens.length - 1 - i} before the last\n${body}`;
    });
    const last = lastScreens.at(-1);
    return [
      section("Goal", goal),
      historySection(steps, steps.length),
      ...(earlier.length === 0 ? [] : [section("Earlier screens", earlier.join("\n\n"))]),
      ...(last === undefined ? [] : [screenSection(last, listing(last))]),
    ].join("\n\n");
  },
};
