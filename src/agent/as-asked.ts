import { codecNamed } from "../action/index.ts";
import type { Screen, ScreenImage } from "../screen/index.ts";
import { picturePrompt } from "./prompts/picture.v1.ts";
import { policyPromptFor } from "./prompts/policy-for.ts";
import { boundsOf, type PolicyInput } from "./prompts/policy-input.ts";
import type { Prompt } from "./prompts/prompt.ts";
import { textPrompt } from "./prompts/text.v1.ts";
import { shownPicture } from "./shown-picture.ts";
import { sizedPicture } from "./single-call/sized-picture.ts";
import type { AgentSpec } from "./spec.ts";

/** A prompt as it is written from records. */
export interface AskedPrompt {
  id: string;
  system: string;
  user: string;
}

/**
 * The prompt in which an agent of this kind asks for an action; for a person and a replay, who are asked by none, that
 * of AndroidGen. Undefined where it goes by the picture alone and there is none.
 */
export function actionPrompt(
  spec: AgentSpec,
  input: PolicyInput,
  picture: ScreenImage | undefined,
): AskedPrompt | undefined {
  if (spec.kind !== "text" && spec.kind !== "picture") {
    return written(policyPromptFor(spec.observe, picture), { ...input, marked: picture !== undefined });
  }
  if (spec.kind === "picture" && picture === undefined) return undefined;
  const prompt = spec.kind === "text" ? textPrompt(spec.codec) : picturePrompt(codecNamed(spec.codec));
  return written(prompt, { ...input, apis: input.apis ?? [], historyBounds: boundsOf(input) });
}

function written<Input>(prompt: Prompt<Input>, input: Input): AskedPrompt {
  return { id: prompt.id, system: prompt.system, user: prompt.user(input) };
}

/**
 * The picture that goes with that prompt: marked where elements have numbers, in the model family's size where actions
 * go by places, and none with a text agent's. Undefined where the screen has none.
 *
 * Throws `IMAGE_BROKEN` (`infra`) where the picture cannot be decoded.
 */
export async function actionPicture(
  spec: AgentSpec,
  screen: Pick<Screen, "elements" | "width" | "height" | "image">,
): Promise<ScreenImage | undefined> {
  const { width, height, image } = screen;
  if (spec.kind === "text" || image === undefined) return undefined;
  return spec.kind === "picture"
    ? sizedPicture(codecNamed(spec.codec), { width, height, image })
    : shownPicture(screen);
}
