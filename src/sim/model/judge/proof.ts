/** Words of plans that stand on no screen. */
const verbs = new Set("add and app find from for open see set that the this turn type with".split(" "));

/** Lines of a screen that speak of a condition: the best one, and others for numbers that it lacks. */
export function proofOf(condition: string, lines: readonly string[]): string[] {
  const words = wordsOf(condition).filter((word) => word.length > 2 && !verbs.has(word));
  const best = bestOf(lines, words);
  if (best === undefined) return [];
  const chosen = new Set([best]);
  for (const number of wordsOf(condition).filter((word) => /^\d/u.test(word))) {
    const holds = (line: string) => wordsOf(line).includes(number);
    if ([...chosen].some(holds)) continue;
    const line = lines.find(holds);
    if (line === undefined) return [];
    chosen.add(line);
  }
  return [...chosen];
}

function bestOf(lines: readonly string[], words: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const line of lines) {
    const said = wordsOf(line);
    const hits = words.filter((word) => said.some((other) => other.includes(word))).length;
    if (hits > most) [best, most] = [line, hits];
  }
  return best;
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("\\n", " ")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
