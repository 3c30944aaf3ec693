export type {
  ChatMessage,
  ChatModel,
  ChatRequest,
  ChatResponse,
  ContentPart,
  ModelRole,
  RecordedCall,
  TokenUsage,
} from "./model.ts";
