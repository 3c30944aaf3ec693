export { type CassetteMode, openCassette } from "./cassette/index.ts";
export { type Cassette, type CassetteMode, type CassetteOptions, openCassette } from "./cassette/index.ts";
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
export { createOpenAiModel } from "./openai.ts";
export type { OpenAiModelOptions, RoleSettings } from "./settings.ts";
export { countTokens } from "./tokens.ts";
export type { Budget, Spending } from "./budget.ts";
export type {
  EndpointConfig,
  ModelChoice,
  ModelConfig,
  Price,
  RoleConfig,
  ThinkingMode,
} from "./config/config.ts";
export { loadModelConfig } from "./config/file.ts";
export { createModelLayer, type ModelEvent, type ModelLayer, type ModelLayerOptions } from "./layer.ts";
