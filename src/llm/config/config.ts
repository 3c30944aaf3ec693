import type { ModelRole } from "../model.ts";

/** Which endpoints there are, which models play which role, and what they cost. Holds no keys. */
export interface ModelConfig {
  /** By a name of the user's own, which records show. */
  endpoints: Record<string, EndpointConfig>;
  roles: Record<ModelRole, RoleConfig>;
  /** By model name. */
  prices: Record<string, Price>;
}

/** An OpenAI-compatible server. Limits are shared by everyone who asks it. */
export interface EndpointConfig {
  /** Up to and including `/v1`. */
  baseUrl: string;
  /** Name of the environment variable that holds the key; local servers often need none. */
  keyEnv?: string;
  requestsPerMinute?: number;
  /** Prompt and reply. */
  tokensPerMinute?: number;
  /** Bound of one attempt, its whole body included. */
  timeoutSeconds: number;
  /** Calls in flight at once. */
  concurrency?: number;
  thinkingStyle: ThinkingStyle;
}

/** The field of a request by which a server is told whether to think, named as it is sent. */
export type ThinkingStyle = (typeof thinkingStyles)[number];
export const thinkingStyles = ["chat_template_kwargs", "thinking", "reasoning_effort", "none"] as const;

/** `auto` thinks about requests that the caller takes for hard. */
export type ThinkingMode = (typeof thinkingModes)[number];
export const thinkingModes = ["on", "off", "auto"] as const;

/** Absent settings are left to the endpoint. */
export interface RoleConfig {
  /** The preferred model first; the others are asked where it cannot answer. */
  use: ModelChoice[];
  temperature?: number;
  /** Longest reply in tokens, thinking included. */
  maxTokens?: number;
  thinking?: ThinkingMode;
}

export interface ModelChoice {
  endpoint: string;
  model: string;
}

/** US dollars for a million tokens. */
export interface Price {
  input: number;
  output: number;
  /** Of prompt tokens that the endpoint had cached; `input` where absent. */
  cachedInput?: number;
}
