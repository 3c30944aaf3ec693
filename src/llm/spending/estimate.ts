import sharp from "sharp";
import type { ChatMessage, ContentPart } from "../model.ts";
import { countTokens } from "../tokens.ts";

/** What a chat template puts around each message, and at the end to begin the reply. */
const perMessage = 4;
const perPrompt = 3;
/** Pixels along one side of the square that a vision model makes a token of: 28 in Qwen2.5-VL and UI-TARS, more in others. */
const patch = 28;
/** A phone's whole screen, for pictures whose size cannot be read. */
const wholeScreen = 3_400;

/** Tokens of a prompt before it is sent: texts by the o200k vocabulary, pictures by their pixels. */
export async function estimatePrompt(messages: readonly ChatMessage[]): Promise<number> {
  let sum = perPrompt;
  for (const { content } of messages) {
    sum += perMessage;
    if (typeof content === "string") sum += countTokens(content);
    else for (const part of content) sum += await tokensOf(part);
  }
  return sum;
}

/** How much more than estimated a prompt is taken to be until an endpoint has told. */
const firstRatio = 1.25;

/** Corrects estimates upward by the worst that was seen: models count differently. */
export class Estimates {
  #ratio = firstRatio;

  /** What a prompt will hardly exceed. */
  bound(estimate: number): number {
    return Math.ceil(estimate * this.#ratio);
  }

  saw(estimate: number, real: number): void {
    if (estimate > 0) this.#ratio = Math.max(this.#ratio, real / estimate);
  }
}

async function tokensOf(part: ContentPart): Promise<number> {
  if (part.type === "text") return countTokens(part.text);
  try {
    const { width, height } = await sharp(part.bytes).metadata();
    return Math.ceil(width / patch) * Math.ceil(height / patch) + 2;
  } catch {
    // The endpoint is to judge the picture; this is only a guess at its size.
    return wholeScreen;
  }
}
