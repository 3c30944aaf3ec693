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
