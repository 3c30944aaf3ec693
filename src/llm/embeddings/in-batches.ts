/** Puts texts to a model some at a time; the results come in the texts' order. */
export async function inBatches<T>(
  texts: readonly string[],
  size: number,
  signal: AbortSignal | undefined,
  call: (batch: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const out: T[] = [];
  for (let i = 0; i < texts.length; i += size) {
    signal?.throwIfAborted();
    out.push(...(await call(texts.slice(i, i + size))));
  }
  return out;
}
