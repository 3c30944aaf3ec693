import { setTimeout as sleep } from "node:timers/promises";
import OpenAI from "openai";
import pRetry from "p-retry";
import { AndroidGenError, configError } from "../errors.ts";
import { backoffMs, longestRetryAfterMs } from "./backoff.ts";
import { attemptOnce, type Endpoint } from "./attempt.ts";
import { type CallContext, LlmError } from "./failure.ts";
import type { ChatModel } from "./model.ts";
import type { OpenAiModelOptions } from "./settings.ts";

/**
 * A chat model behind an OpenAI-compatible endpoint. Calls that may succeed later are repeated with
 * exponential backoff, or after the time the endpoint asks for, until `maxAttempts` are used up.
 *
 * Throws `AndroidGenError`: class `config` where the key, the model name or the URL must be mended
 * (`LLM_KEY_REFUSED`, `LLM_MODEL_NOT_FOUND`, `LLM_QUOTA_USED_UP`, `LLM_BAD_URL`, `LLM_BAD_KEY`), else class `llm`
 * (`LLM_TIMEOUT`, `LLM_UNREACHABLE`, `LLM_RATE_LIMITED`, `LLM_SERVER_ERROR`, `LLM_REQUEST_REFUSED`,
 * `LLM_BAD_RESPONSE`, `LLM_EMPTY`). An aborted call throws the reason of the caller's signal.
 */
export function createOpenAiModel(options: OpenAiModelOptions): ChatModel {
  const url = shownUrl(options.baseUrl);
  const apiKey = checkedKey(options.apiKey);
  const client = new OpenAI({
    baseURL: options.baseUrl,
    // Given explicitly: the client would otherwise take the user's OpenAI key from the environment and
    // send it to whatever endpoint is configured here. It wants a key even where the server wants none.
    apiKey: apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    timeout: options.timeoutMs,
    maxRetries: 0,
    logLevel: "off",
  });
  const hideKey = (text: string) => (apiKey === undefined ? text : text.replaceAll(apiKey, "[API key]"));
  const endpoint: Endpoint = { client, options, newTokenLimit: new Set() };

  return {
    async complete(request) {
      const settings = options.models[request.role];
      const call: CallContext = { url, model: settings.model, timeoutMs: options.timeoutMs, hideKey };
      const started = performance.now();
      let attempts = 0;
      const completion = await pRetry(
        async (attempt) => {
          attempts = attempt;
          return attemptOnce(endpoint, request, call);
        },
        {
          retries: options.maxAttempts - 1,
          // The waits are ours, below: p-retry cannot wait for as long as the endpoint asks.
          minTimeout: 0,
          shouldRetry: ({ error }) => mayBeRepeated(error),
          onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
            if (retriesLeft === 0 || !mayBeRepeated(error)) return;
            await waitBeforeNext(error, attemptNumber, request.signal);
          },
        },
      );
      return {
        text: completion.text,
        model: completion.model === "" ? settings.model : completion.model,
        usage: completion.usage,
        latencyMs: performance.now() - started,
        attempts,
        ...(completion.truncated ? { truncated: true } : {}),
      };
    },
  };
}

function mayBeRepeated(error: Error): boolean {
  if (!AndroidGenError.isInstance(error) || !error.retryable) return false;
  return !(error instanceof LlmError) || (error.retryAfterMs ?? 0) <= longestRetryAfterMs;
}

async function waitBeforeNext(error: Error, attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const asked = error instanceof LlmError ? error.retryAfterMs : undefined;
  const aborted = signal === undefined ? {} : { signal };
  try {
    await sleep(asked ?? backoffMs(attempt), undefined, aborted);
  } catch (timerError) {
    // The timer's own abort error would hide the caller's reason.
    signal?.throwIfAborted();
    throw timerError;
  }
}

/** The endpoint as it may be shown: without a query, which may hold a key. */
function shownUrl(baseUrl: string): string {
  const parsed = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (parsed === undefined || !["http:", "https:"].includes(parsed.protocol)) {
    throw configError(
      "LLM_BAD_URL",
      "The model endpoint's base URL is not an http or https URL. Give it in full, such as http://127.0.0.1:8000/v1.",
    );
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw configError(
      "LLM_BAD_URL",
      "The model endpoint's base URL holds a password. Give it as the API key.",
    );
  }
  return parsed.origin + parsed.pathname;
}

/** A key with a line break at its end, as files have it, would only fail much later and unclearly. */
function checkedKey(apiKey: string | undefined): string | undefined {
  if (apiKey === undefined || apiKey === "") return undefined;
  if (/^[!-~]+$/u.test(apiKey)) return apiKey;
  throw configError(
    "LLM_BAD_KEY",
    "The API key holds white space or characters that no key has. Give it without quotes and line breaks.",
  );
}
