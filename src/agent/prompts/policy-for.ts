import { policyPicturePrompt } from "./policy-picture.v1.ts";
import type { PolicyInput } from "./policy-input.ts";
import { policyPrompt } from "./policy.v2.ts";
import type { Prompt } from "./prompt.ts";

/**
 * The policy's prompt for what it is shown of a screen. Where there is no picture, a model that otherwise sees pictures
 * alone is given the list.
 */
export function policyPromptFor(observe: "text" | "picture" | "both", picture: unknown): Prompt<PolicyInput> {
  return observe === "picture" && picture !== undefined ? policyPicturePrompt : policyPrompt;
}
