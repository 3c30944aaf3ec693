/** An experience, by its id, and how similar it is. */
export interface Ranked {
  id: number;
  similarity: number;
}

/** The most similar of the candidates, the best first; of equals those that come first. */
export function best(limit: number, candidates: () => Iterable<Ranked>): Ranked[] {
  const found: Ranked[] = [];
  for (const candidate of candidates()) {
    if (found.length === limit && candidate.similarity <= (found.at(-1)?.similarity ?? Infinity)) continue;
    const after = found.findIndex(({ similarity }) => similarity < candidate.similarity);
    found.splice(after === -1 ? found.length : after, 0, candidate);
    if (found.length > limit) found.pop();
  }
  return found;
}
