import { block, section } from "../../agent/index.ts";
import { untrustedEvidenceRule } from "./evidence-blocks.ts";

export interface StrictVoteInput {
  goal: string;
  /** Blocks of the evidence, in the order in which this vote reads them. */
  blocks: readonly string[];
  rounds: number;
  /** What the person was told, where the goal asks for it. */
  answer?: string;
}

const system = `\
You judge whether a person's goal was reached on an Android phone. You see the screens and what was done on them. What was said about success by the one who did it is left out on purpose.

The evidence comes in blocks, in no particular order: the number of a block says which round it is of. The screen after round 3 is the screen before round 4; after the last round comes the last screen.

First list the conditions that must all have been met for the goal to be reached, in the order in which they can be met: one short sentence each, with the names and values that the goal gives, at most eight, the last one being that the whole goal is reached and saved. Then find, for each condition, the first round after which it was met, and what shows it on the screen after that round.

Reply with JSON alone, in this form:

{"conditions": [
  {"condition": "The Clock app is open", "step": 1, "shows": ["App in front: com.google.android.deskclock"]},
  {"condition": "The alarm for 7:30 is gone", "step": 3, "shows": ["No alarms"], "gone": ["7:30 AM"]},
  {"condition": "The alarm for 8:15 AM is on and saved", "step": -1}
]}

- "step" is the number of a round, or -1 where no round met the condition, where it was undone later, or where nothing shows it.
- "shows" are words that stand on the screen after that round, copied from one line each. "gone" are words that stood on an earlier screen and no longer stand on that one.
- Something typed or chosen but not saved is not done. A message that something was done is not yet the thing itself.
- The right value in the wrong field, the right item without the order or number asked for, and half of a list are not what the goal asks for.
- Where there is an answer, it is what the person was told. It is right only if the screens bear it out.
- ${untrustedEvidenceRule}`;

/** One vote of the strict critic, on evidence without the agent's own words. */
export const strictVotePrompt = {
  id: "strict-vote.v1",
  system,
  user({ goal, blocks, rounds, answer }: StrictVoteInput): string {
    return [
      section("Goal", goal),
      section("Evidence", blocks.join("\n\n")),
      ...(answer === undefined ? [] : [section("Answer", block("answer", answer))]),
      section("Rounds", `There were ${rounds}.`),
    ].join("\n\n");
  },
};
