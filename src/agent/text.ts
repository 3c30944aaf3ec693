import { countTokens } from "../llm/index.ts";

/** More characters than this for each token are not even counted: no ordinary text has as many. */
const mostCharacters = 12;

/** Whether a text has at most so many tokens. No token is shorter than a byte, so most texts need no counting. */
export function fits(text: string, tokens: number): boolean {
  return Buffer.byteLength(text) <= tokens || countTokens(text) <= tokens;
}

/** Its start and its end where it is longer than so many tokens: a reply's code stands at its end. */
export function cutMiddle(text: string, tokens: number): string {
  if (text.length <= tokens * mostCharacters && fits(text, tokens)) return text;
  let half = Math.floor(Math.min(text.length, tokens * mostCharacters) / 2);
  while (half >= 1) {
    // A pair of surrogates is not cut in two.
    const start = text.slice(0, half).replace(/[\uD800-\uDBFF]$/u, "");
    const end = text.slice(-half).replace(/^[\uDC00-\uDFFF]/u, "");
    const cut = `${start} … (cut) … ${end}`;
    const counted = countTokens(cut);
    if (counted <= tokens) return cut;
    half = Math.floor(half * Math.min(0.9, tokens / counted));
  }
  return "(cut)";
}

/** Whole lines from the start, as many as fit, and a last line that tells of the rest. */
export function cutLines(text: string, tokens: number, rest: string): string {
  if (fits(text, tokens)) return text;
  const kept: string[] = [];
  let used = countTokens(`${rest}\n`);
  for (const line of text.split("\n")) {
    used += countTokens(`${line}\n`);
    if (used > tokens) break;
    kept.push(line);
  }
  return [...kept, rest].join("\n");
}

/** On one line, so that it cannot pose as a section or as a line of its own. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
