export { type Cassette, type CassetteMode, type CassetteOptions, openCassette } from "./cassette/index.ts";
export {
  type Embedder,
  type EmbeddingConfig,
  embeddingConfig,
  type EmbeddingPurpose,
  openEmbedder,
  unit,
} from "./embeddings/index.ts";
export { LlmError } from "./failure.ts";
export type {
  CallSettings,
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatResponse,
  ContentPart,
  ModelRole,
  RecordedCall,
  TokenUsage,
} from "./model.ts";
export { countTokens } from "./tokens.ts";
export { nothingSpent, plus as plusSpending } from "./spending/budget.ts";
export type { Budget, Spending } from "./spending/budget.ts";
export type {
  EndpointConfig,
  ModelChoice,
  ModelConfig,
  Price,
  RoleConfig,
  ThinkingMode,
} from "./config/config.ts";
export { loadModelConfig } from "./config/file.ts";
export { oneModel } from "./config/one-model.ts";
export type { ModelEvent } from "./events.ts";
export { createModelLayer, type ModelLayer, type ModelLayerOptions } from "./layer.ts";
