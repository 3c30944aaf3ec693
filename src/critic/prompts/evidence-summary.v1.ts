import { section } from "../../agent/index.ts";
import { untrustedEvidenceRule } from "./evidence-blocks.ts";

export interface EvidenceSummaryInput {
  goal: string;
  /** Blocks of the rounds to be summarised. */
  blocks: readonly string[];
  first: number;
  last: number;
}

const system = `\
You shorten the record of how an Android phone was operated, for somebody who will judge whether a person's goal was reached and cannot see the screens themselves.

Write one line for each round you are given, in this form, and nothing else:

Round 4: Settings, page Internet: switch Wi-Fi is on. Tapped the switch.

- Say which app and page the screen shows, and every name, value, number, date and state on it that bears on the goal, word for word. Then what was done, and whether it was refused.
- Do not judge, and do not guess what is not there. At most 60 words a line.
- ${untrustedEvidenceRule}`;

/** Turns rounds that are too long to be judged as they are into one line each. */
export const evidenceSummaryPrompt = {
  id: "evidence-summary.v1",
  system,
  user({ goal, blocks, first, last }: EvidenceSummaryInput): string {
    return [
      section("Goal", goal),
      section("Evidence", blocks.join("\n\n")),
      section("Summarise", first === last ? `Round ${first}.` : `Rounds ${first} to ${last}.`),
    ].join("\n\n");
  },
};
