import { type Embedder, type EmbeddingPurpose, unit } from "../../src/llm/index.ts";

export interface FakeEmbedder extends Embedder {
  /** Texts of each call. */
  readonly calls: { as: EmbeddingPurpose; texts: string[] }[];
  /** Called before each call is answered; may throw. */
  before: (signal: AbortSignal | undefined) => void | Promise<void>;
}

/** Texts are alike as far as they have the same letters, in 32 numbers. */
export function fakeEmbedder(model = "fake", dimensions = 32): FakeEmbedder {
  const embedder: FakeEmbedder = {
    model,
    calls: [],
    before: () => {},
    async embed(texts, { as, signal }) {
      embedder.calls.push({ as, texts: [...texts] });
      await embedder.before(signal);
      return texts.map((text) => {
        const vector = new Float32Array(dimensions);
        for (const letter of text.toLowerCase()) vector[letter.codePointAt(0)! % dimensions]! += 1;
        return unit(vector);
      });
    },
    close: async () => {},
  };
  return embedder;
}
