import { countTokens as countO200k } from "gpt-tokenizer";

/**
 * A run of this many characters without a break, or of as many blanks, is counted in pieces: the tokenizer takes
 * quadratic time for it, which is seconds for a page of Chinese without a full stop.
 */
const longestRun = 200;
const longRun = new RegExp(`\\S{${longestRun}}|\\s{${longestRun}}`, "u");

/**
 * Tokens of a text by the o200k vocabulary. Other models count a little differently: good for bounds and
 * estimates, not for bills. Text with very long words counts for a little more than it has.
 */
export function countTokens(text: string): number {
  if (!longRun.test(text)) return count(text);
  let tokens = 0;
  for (let at = 0; at < text.length; at += longestRun) tokens += count(text.slice(at, at + longestRun));
  return tokens;
}

function count(text: string): number {
  // Screen text may spell out special tokens such as <|endoftext|>; here they are only text.
  return countO200k(text, { disallowedSpecial: new Set() });
}
