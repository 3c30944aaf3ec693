import { pastSections } from "./blocks.ts";
import { fitScreen } from "./fit-screen.ts";
import { boundsOf, type PolicyInput, policyTurn } from "./policy-input.ts";
import { policySystem } from "./policy-system.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

const system = policySystem([
  "The screen is listed one element a line: [number], kind, its text in quotes (\\n between the lines of a row), then desc= what a screen reader says, hint= of an empty field, label= what stands beside a control that says nothing itself, id= its name, app= where it belongs to another app than the one in front, what can be done with it, and value= of a slider. more= names the ways in which a list goes on.",
  "element_id is the number in front of an element in the list of this very screen. Numbers of earlier screens mean nothing now.",
]);

const picture = section(
  "Picture",
  "The picture is of this screen, with a box around each element of the list and its number at the box.",
);

/** The prompt of one round, with the list of the screen's elements; its picture may come beside it. */
export const policyPrompt: Prompt<PolicyInput> = {
  id: "policy.v2",
  system,
  user(input) {
    const past = pastSections(input.history, boundsOf(input));
    return fitScreen(input.screen, { system, past: past[0], historyTokens: input.historyTokens }, (screen) =>
      policyTurn(input, past, [screen, ...(input.marked === true ? [picture] : [])]),
    );
  },
};
