import { planPrompt } from "./plan.v2.ts";
import { policyPicturePrompt } from "./policy-picture.v1.ts";
import { policyPrompt } from "./policy.v2.ts";
import type { Prompt } from "./prompt.ts";
import { reflectPrompt } from "./reflect.v2.ts";
import { strategyPrompt } from "./strategy.v1.ts";

/** The prompts of this room by their id, as records name them. */
export const agentPrompts: ReadonlyMap<string, Pick<Prompt<never>, "id" | "system">> = new Map(
  [policyPrompt, policyPicturePrompt, planPrompt, reflectPrompt, strategyPrompt].map((prompt) => [
    prompt.id,
    prompt,
  ]),
);
