import type { ScreenImage } from "../screen/index.ts";

/**
 * What a sample teaches: an action for a screen, the plan for it, or an action towards the first part of a goal.
 */
export type SampleKind = "execution" | "planning" | "sub-goal";

/** One prompt and the reply to be learned. The system text is the same for all samples of a prompt version. */
export interface Sample {
  /** Unique in the dataset: `<episode>/<step>/<kind>`, and the sub-goal's number. */
  id: string;
  kind: SampleKind;
  episodeId: string;
  templateId: string;
  /** From 1. */
  step: number;
  /** Version of the prompt it is written with, such as `policy.v1`. */
  prompt: string;
  system: string;
  user: string;
  assistant: string;
  /** With boxes and numbers, as the user's turn says; it comes after the text, as the agent sends it. */
  image?: ScreenImage;
}

export type Split = "train" | "val";
