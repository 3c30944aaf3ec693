/** What a call is for; each role has its own model and settings. */
export type ModelRole = "policy" | "planner" | "critic";

export type ContentPart =
  | { type: "text"; text: string }
  | { type: "image"; bytes: Buffer; mediaType: string };

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string | ContentPart[];
}

export interface ChatRequest {
  role: ModelRole;
  messages: ChatMessage[];
  /** Sampling seed, passed on to endpoints that know it. */
  seed?: number;
  /** The caller takes this call for a hard one. A role whose thinking is `auto` thinks only then. */
  hard?: boolean;
  signal?: AbortSignal;
  /**
   * Told of each attempt that was paid for in vain, as it ends: its response has no text and says why. They are not part
   * of the response of the call.
   */
  onLoss?: (lost: ChatResponse) => void;
}

export interface TokenUsage {
  promptTokens: number;
  /** Thinking included. */
  completionTokens: number;
}

/** What a call was made with, as it was sent: absent things were left to the endpoint. */
export interface CallSettings {
  temperature?: number;
  maxTokens?: number;
  seed?: number;
  thinking?: boolean;
}

export interface ChatResponse {
  /** The answer alone. */
  text: string;
  /** What the model thought before it answered, where it thinks and tells. Never part of a history. */
  thinking?: string;
  /** Name of the endpoint that answered, as the configuration has it. */
  endpoint?: string;
  settings?: CallSettings;
  /** US dollars, by the price table; absent where it has no price for this model. */
  costUsd?: number;
  /** The model that answered, as the endpoint names it. */
  model: string;
  usage: TokenUsage;
  /** Wall time of the whole call, retries included. */
  latencyMs: number;
  /** Calls made, the last one included: 1 without retries. */
  attempts: number;
  /** The reply ran into its token limit, so its end is missing. */
  truncated?: boolean;
  /** Why an attempt gave no answer, of one that was paid for all the same. */
  failure?: string;
}

/**
 * A chat model. Throws `AndroidGenError` of class `llm`, or `config` where the key or model is refused;
 * an aborted call throws the reason of its signal.
 */
export interface ChatModel {
  complete(request: ChatRequest): Promise<ChatResponse>;
}

/** One finished call, as it is recorded. */
export interface RecordedCall {
  role: ModelRole;
  /** Prompt file and version, such as `policy.v1`. */
  prompt: string;
  messages: ChatMessage[];
  response: ChatResponse;
}
