import { block, section } from "../../agent/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { Round } from "../strict/evidence.ts";
import { actionLines, screenBlock, untrustedEvidenceRule } from "./evidence-blocks.ts";

export interface MilestoneInput {
  goal: string;
  condition: string;
  round: Round;
  after: Screen;
  /** What the person was told in this round, where the goal asks for it. */
  answer?: string;
}

const system = `\
You check one claim about an Android phone. You are given a person's goal, one condition on the way to it, and one round: the screen before it, what was done, and the screen after it. Somebody claims that the condition was met after this round. Say whether the screens show it.

Reply with JSON alone, in this form:

{"met": true, "shows": ["Switch \\"Wi-Fi\\" checked=off"], "gone": []}

- "met" is true only where the screen after the round, compared with the one before, shows that the condition is met. When in doubt, it is false.
- "shows" are words that stand on the screen after the round and show it, copied from one line each. "gone" are words that stood on the screen before and no longer stand on the one after.
- ${untrustedEvidenceRule}`;

/** Asks whether one claimed condition shows on the screens around its round. */
export const milestonePrompt = {
  id: "milestone.v1",
  system,
  user({ goal, condition, round, after, answer }: MilestoneInput): string {
    return [
      section("Goal", goal),
      section("Condition", block("condition", condition)),
      section("Screen before", screenBlock(round.screen)),
      section("Round", actionLines(round)),
      section("Screen after", screenBlock(after)),
      ...(answer === undefined ? [] : [section("Answer", block("answer", answer))]),
    ].join("\n\n");
  },
};
