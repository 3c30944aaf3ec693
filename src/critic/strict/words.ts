/** What a judge names as proof. */
export interface Proof {
  /** Words that stand on the screen. */
  shows: readonly string[];
  /** Words that stood on an earlier screen and stand there no longer. */
  gone: readonly string[];
}

/** Letters and digits, one word each, in lower case; `checked=on` gives `checked`, `on`. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll("\\n", " ")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Whether one line of the screen holds all words of the quote, in their order. Words between them may be left out: a
 * judge that copies a line leaves out ids and flags. A quote without a word stands nowhere.
 */
export function standsIn(quote: string, lines: string): boolean {
  const wanted = wordsOf(quote);
  if (wanted.length === 0) return false;
  return lines.split("\n").some((line) => {
    let found = 0;
    for (const word of wordsOf(line)) if (word === wanted[found]) found++;
    return found === wanted.length;
  });
}

/**
 * Why a proof does not hold on the screen after a round; undefined where it does.
 *
 * @param after lines of that screen
 * @param before lines of each screen until then
 */
export function wrongWith(proof: Proof, after: string, before: readonly string[]): string | undefined {
  const missing = proof.shows.find((words) => !standsIn(words, after));
  if (missing !== undefined) return `the screen does not show ${quoted(missing)}`;
  const there = proof.gone.find((words) => standsIn(words, after));
  if (there !== undefined) return `the screen still shows ${quoted(there)}`;
  const never = proof.gone.find((words) => !before.some((lines) => standsIn(words, lines)));
  if (never !== undefined) return `no screen before showed ${quoted(never)}`;
  if (proof.shows.length + proof.gone.length === 0) return "nothing on the screen was named that shows it";
  return undefined;
}

/** Words that any condition may hold, and that prove nothing. */
const hollow = new Set(
  "the and was were has have been with for into from that this its are not now app page screen open opened".split(
    " ",
  ),
);

/**
 * Whether the words of a proof are about the condition, as far as words can tell: they share one that says something,
 * hold every number of the condition, and no switch among them stands the other way.
 */
export function isAbout(proof: Proof, condition: string): boolean {
  // The number of an element says nothing of the world.
  const said = [...proof.shows, ...proof.gone].flatMap((line) => wordsOf(line.replace(/^\s*\[\d+\]/u, "")));
  const wanted = wordsOf(condition);
  const numbers = wanted.filter((word) => /^\p{N}/u.test(word));
  const telling = wanted.filter((word) => word.length > 2 && !hollow.has(word));
  return (
    numbers.every((number) => said.includes(number)) &&
    telling.some((word) => said.some((other) => other.includes(word))) &&
    !proof.shows.some((line) => standsOtherwise(line, wanted))
  );
}

/** `checked=on` is no proof of a condition that says "off", and the other way round. */
function standsOtherwise(line: string, condition: readonly string[]): boolean {
  const state = /checked=(on|off)/iu.exec(line)?.[1]?.toLowerCase();
  if (state === undefined) return false;
  return condition.includes(state === "on" ? "off" : "on") && !condition.includes(state);
}

function quoted(words: string): string {
  return JSON.stringify(words.length > 100 ? `${words.slice(0, 99)}…` : words);
}
