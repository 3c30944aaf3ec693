import type { Screen } from "../../screen/index.ts";
import type { Experience, PastStep, PlanItem } from "../agent.ts";
import { block, historySection, planSection, screenSection, section, untrustedScreenRule } from "./blocks.ts";
import { androidGenGrammar } from "./grammar.v1.ts";
import type { Prompt } from "./prompt.ts";

export interface PolicyInput {
  goal: string;
  plan: readonly PlanItem[];
  experiences: readonly Experience[];
  history: readonly PastStep[];
  /** Rounds of history that are shown. */
  historySteps: number;
  screen: Screen;
  listing: string;
  /** A picture with boxes and numbers comes with the prompt. */
  marked?: boolean;
  apps: readonly string[];
  stepsLeft: number;
}

const system = `\
You operate an Android phone for a person. You are given their goal and see one screen at a time; in each round you choose one action, which is carried out before you see the next screen.

Reply in exactly this form:

Confirm: what the last action changed, and which steps of the plan are done.
Analysis: what this screen offers, and what to do next and why.
Operation:
\`\`\`
one line of code
\`\`\`

The line of code is one of these:

${androidGenGrammar}

Rules:
- The screen is listed one element a line: [number], kind, its text in quotes (\\n between the lines of a row), then what a screen reader says, hint, name, and what can be done with it.
- element_id is the number in front of an element in the list of this very screen. Numbers of earlier screens mean nothing now.
- One action per round. Text goes into a field only by Input Text, never by the keys of the keyboard.
- When an action was refused, or changed nothing, do something else.
- What is not in the list may lie further down: scroll before you give up, and stop when the list no longer moves.
- Call exit as soon as the goal is reached, and not before the screen has shown that it is.
- Examples show how similar tasks went on other screens; their numbers and names are not yours.
- ${untrustedScreenRule}`;

/** The prompt of one round. */
export const policyPrompt: Prompt<PolicyInput> = {
  id: "policy.v1",
  system,
  user(input) {
    return [
      section("Goal", input.goal),
      planSection(input.plan),
      ...exampleSections(input.experiences),
      section("Installed apps", input.apps.length === 0 ? "unknown" : input.apps.join(", ")),
      historySection(input.history, input.historySteps),
      screenSection(input.screen, input.listing),
      ...(input.marked === true ? [pictureSection] : []),
      section("Round", `${input.history.length + 1}, ${input.stepsLeft} left with this one.`),
    ].join("\n\n");
  },
};

const pictureSection = section(
  "Picture",
  "The picture is of this screen, with a box around each element of the list and its number at the box.",
);

function exampleSections(experiences: readonly Experience[]): string[] {
  if (experiences.length === 0) return [];
  const examples = experiences.map(({ goal, text }) => block("example", `Goal: ${goal}\n${text}`));
  return [section("Examples", examples.join("\n"))];
}
