import { APIConnectionTimeoutError, APIError } from "openai";
import { AndroidGenError, configError, errorMessage } from "../errors.ts";
import { retryAfterMs } from "./backoff.ts";
import type { BilledUsage } from "./endpoint/completion.ts";

/** What is known of a failed call besides its code. */
interface LlmFailure {
  retryable?: boolean;
  /** How long its endpoint asked us to wait before the next. */
  retryAfterMs?: number | undefined;
  /** What it cost all the same. */
  usage?: BilledUsage | undefined;
  /** One of ours: the client's errors hold what an endpoint may have echoed. */
  cause?: AndroidGenError;
}

/** A failed call. */
export class LlmError extends AndroidGenError {
  readonly retryAfterMs: number | undefined;
  readonly usage: BilledUsage | undefined;

  constructor(message: string, options: LlmFailure & { code: string }) {
    const { code, cause, retryable = true } = options;
    super(message, { code, class: "llm", retryable, cause });
    this.retryAfterMs = options.retryAfterMs;
    this.usage = options.usage;
  }
}

export function llmError(code: string, message: string, failure: LlmFailure = {}): LlmError {
  return new LlmError(message, { code, ...failure });
}

/** What a call was made with, for messages. */
export interface CallContext {
  /** Without credentials. */
  url: string;
  model: string;
  timeoutMs: number;
  /** Takes the API key out of a text. */
  hideKey: (text: string) => string;
}

/** An endpoint may answer with a whole web page. */
const longestQuote = 300;

/**
 * Turns whatever the client threw into our error. It keeps no cause: the client's errors carry response
 * bodies and headers, and an endpoint may echo the key in them.
 */
export function toAndroidGenError(error: unknown, call: CallContext): AndroidGenError {
  if (AndroidGenError.isInstance(error)) return error;
  const where = `The model endpoint at ${call.url}`;
  if (error instanceof APIConnectionTimeoutError) {
    return llmError("LLM_TIMEOUT", `${where} did not answer within ${call.timeoutMs} ms.`);
  }
  if (error instanceof APIError && error.status !== undefined) return statusError(error, call, where);
  if (isSyntaxError(error)) {
    // Its message quotes the body, of which a part may be a part of the key.
    return llmError("LLM_BAD_RESPONSE", `${where} sent a body that is not JSON.`);
  }
  return llmError("LLM_UNREACHABLE", `${where} cannot be reached: ${quote(deepestMessage(error), call)}`);
}

function statusError(
  error: InstanceType<typeof APIError>,
  call: CallContext,
  where: string,
): AndroidGenError {
  const status = error.status!;
  const said = `(HTTP ${quote(error.message, call)})`;
  if (status === 401 || status === 403) {
    return configError(
      "LLM_KEY_REFUSED",
      `${where} refused the API key. Check the key and its rights ${said}.`,
    );
  }
  if (status === 404) {
    return configError(
      "LLM_MODEL_NOT_FOUND",
      `${where} does not know the model "${call.model}", or the URL is wrong. ` +
        `Check the model name, and that the URL ends where its API starts, such as /v1 ${said}.`,
    );
  }
  if (status === 429 && error.code === "insufficient_quota") {
    return configError("LLM_QUOTA_USED_UP", `${where} says that the account's quota is used up ${said}.`);
  }
  if (status === 429) return rateLimitError(error, where, said);
  if (status === 408 || status === 409 || status >= 500) {
    const wait = retryAfterMs(error.headers, Date.now());
    return llmError("LLM_SERVER_ERROR", `${where} failed ${said}.`, { retryAfterMs: wait });
  }
  return llmError("LLM_REQUEST_REFUSED", `${where} refused the request ${said}.`, { retryable: false });
}

function rateLimitError(error: InstanceType<typeof APIError>, where: string, said: string): LlmError {
  const wait = retryAfterMs(error.headers, Date.now());
  const asks = wait === undefined ? "" : ` and asks to wait ${Math.ceil(wait / 1000)} s`;
  return llmError("LLM_RATE_LIMITED", `${where} limits the rate of calls${asks} ${said}.`, {
    retryAfterMs: wait,
  });
}

function quote(text: string, call: CallContext): string {
  const hidden = call.hideKey(text);
  return hidden.length > longestQuote ? `${hidden.slice(0, longestQuote)}…` : hidden;
}

/** Told by its name: that of a body's reader need not be of our own realm. */
function isSyntaxError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === "SyntaxError";
}

/** `fetch failed` says nothing; its innermost cause (`connect ECONNREFUSED 127.0.0.1:1`) does. */
function deepestMessage(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined && inner.cause !== null) inner = inner.cause;
  // Happy-eyeballs failures wrap one error for each address and have an empty message.
  if (inner instanceof AggregateError && inner.message === "")
    return inner.errors.map(errorMessage).join("; ");
  return errorMessage(inner);
}
