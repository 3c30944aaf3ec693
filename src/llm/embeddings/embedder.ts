/** What a text is to the model: something that is looked for, or something that may be found. */
export type EmbeddingPurpose = "query" | "passage";

export interface EmbedOptions {
  as: EmbeddingPurpose;
  signal?: AbortSignal;
}

/** Turns texts into vectors whose angle tells how alike the texts are. */
export interface Embedder {
  /** The model as records name it; vectors of different models are never compared. */
  readonly model: string;
  /**
   * One vector of length 1 for each text, in their order, all of the same dimensions. Throws `AndroidGenError`, or the
   * signal's reason.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The same direction with length 1, so that the dot product of two is the cosine of their angle. */
export function unit(vector: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
  const length = Math.sqrt(squares);
  const out = Float32Array.from(vector);
  if (length > 0) for (let i = 0; i < out.length; i++) out[i]! /= length;
  return out;
}
