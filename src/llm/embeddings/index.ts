export { type EmbeddingConfig, embeddingConfig } from "./config.ts";
export { type Embedder, type EmbeddingPurpose, unit } from "./embedder.ts";
export { openEmbedder } from "./open.ts";
