import type { ModelRole } from "./model.ts";

/** Which model answers a role, and how it samples. Absent settings are left to the endpoint. */
export interface RoleSettings {
  model: string;
  temperature?: number;
  /** Longest reply, in tokens. */
  maxTokens?: number;
}

export interface OpenAiModelOptions {
  /** Up to and including `/v1`. */
  baseUrl: string;
  /** Sent as a bearer token and to nowhere else. Local servers often need none. */
  apiKey?: string;
  models: Record<ModelRole, RoleSettings>;
  /** Bound of one attempt, its whole body included. */
  timeoutMs: number;
  /** Calls made at most for one request: 1 means no retries. */
  maxAttempts: number;
}
