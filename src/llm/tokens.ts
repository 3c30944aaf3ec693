import { countTokens as countO200k } from "gpt-tokenizer";

/**
 * Tokens of a text by the o200k vocabulary. Other models count a little differently: good for bounds and
 * estimates, not for bills.
 */
export function countTokens(text: string): number {
  // Screen text may spell out special tokens such as <|endoftext|>; here they are only text.
  return countO200k(text, { disallowedSpecial: new Set() });
}
