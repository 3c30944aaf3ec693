import { aboutScreen, pastSections } from "./blocks.ts";
import { boundsOf, type PolicyInput, policyTurn } from "./policy-input.ts";
import { policySystem } from "./policy-system.ts";
import type { Prompt } from "./prompt.ts";
import { section } from "./section.ts";

const system = policySystem([
  "The screen comes as a picture, with a box around each thing that can be read or acted on and its number at the box.",
  "element_id is the number at the box in this very picture. Numbers of earlier pictures mean nothing now. What stands in the picture counts as <screen>.",
]);

/** The prompt of one round for a model that is shown the picture alone, with boxes and numbers. */
export const policyPicturePrompt: Prompt<PolicyInput> = {
  id: "policy-picture.v1",
  system,
  user(input) {
    return policyTurn(input, pastSections(input.history, boundsOf(input)), [
      section("Screen", aboutScreen(input.screen)),
    ]);
  },
};
