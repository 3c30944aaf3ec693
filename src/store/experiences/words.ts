/** Distinct words, found the way people separate them: also in Chinese, where FTS5 sees one long word. */
export function wordsOf(text: string): string[] {
  const segments = new Intl.Segmenter("en", { granularity: "word" }).segment(text.toLowerCase());
  const words = [...segments].filter((part) => part.isWordLike).map((part) => part.segment);
  return [...new Set(words)];
}
