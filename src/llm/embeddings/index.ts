export { type EmbeddingConfig, embeddingConfig } from "./config.ts";
export { type Embedder, type EmbeddingPurpose, type EmbedOptions, unit } from "./embedder.ts";
export { openEmbedder } from "./open.ts";
