import { countTokens } from "../../llm/index.ts";
import type { Experience } from "../agent.ts";
import { cutLines } from "../text.ts";

/** An example of fewer tokens than this is cut off before it has shown anything. */
const leastTokens = 80;

/**
 * Examples whose goals and texts have together at most so many tokens. Each may take an even share of what is left, so
 * that a short one leaves more to those after it; what is longer is cut after a whole line. Where shares would be too
 * small to show anything, the last ones are left out.
 */
export function shareTokens(examples: readonly Experience[], tokens: number): Experience[] {
  const room = examples.slice(0, Math.floor(tokens / leastTokens));
  const shown: Experience[] = [];
  let left = tokens;
  for (const [i, example] of room.entries()) {
    const forText = Math.floor(left / (room.length - i)) - countTokens(example.goal);
    if (forText <= 0) continue;
    const text = cutLines(example.text, forText, "(the rest is left out)");
    shown.push({ ...example, text });
    left -= countTokens(example.goal) + countTokens(text);
  }
  return shown;
}
