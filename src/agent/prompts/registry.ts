import { codecNamed } from "../../action/index.ts";
import { pictureGrammars } from "./picture-grammars.v1.ts";
import { picturePrompt } from "./picture.v1.ts";
import { planPrompt } from "./plan.v2.ts";
import { policyPicturePrompt } from "./policy-picture.v1.ts";
import { policyPrompt } from "./policy.v2.ts";
import type { Prompt } from "./prompt.ts";
import { reflectPrompt } from "./reflect.v2.ts";
import { strategyPrompt } from "./strategy.v1.ts";
import { textCodecs, textPrompt } from "./text.v1.ts";

const prompts: readonly Pick<Prompt<never>, "id" | "system">[] = [
  policyPrompt,
  policyPicturePrompt,
  planPrompt,
  reflectPrompt,
  strategyPrompt,
  ...textCodecs.map(textPrompt),
  ...Object.keys(pictureGrammars).map((codec) => picturePrompt(codecNamed(codec))),
];

/** The prompts of this room by their id, as records name them. */
export const agentPrompts: ReadonlyMap<string, Pick<Prompt<never>, "id" | "system">> = new Map(
  prompts.map((prompt) => [prompt.id, prompt]),
);
