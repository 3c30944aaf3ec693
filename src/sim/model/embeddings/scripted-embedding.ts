import { createHash } from "node:crypto";

/** As of many real models of its size. */
export const scriptedDimensions = 768;

/**
 * A scripted embedding: each word of a text, and each three letters of a word, adds to two of the numbers that a hash
 * picks. It knows nothing of meaning: texts are alike as far as they share words and letters.
 */
export function scriptedEmbedding(text: string): number[] {
  const vector = Array.from({ length: scriptedDimensions }, () => 0);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) {
    add(vector, `word ${word}`, 1);
    const marked = `<${word}>`;
    for (let i = 0; i + 3 <= marked.length; i++) add(vector, marked.slice(i, i + 3), 0.4);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

function add(vector: number[], feature: string, weight: number): void {
  const hash = createHash("sha256").update(feature).digest();
  for (let at = 0; at < 6; at += 3) {
    vector[hash.readUInt16LE(at) % scriptedDimensions]! += (hash[at + 2]! & 1) === 1 ? weight : -weight;
  }
}
