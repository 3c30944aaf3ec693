import OpenAI from "openai";
import { type Completion, readCompletion } from "./completion.ts";
import { type CallContext, toAndroidGenError } from "./failure.ts";
import { toOpenAiMessages } from "./messages.ts";
import type { ChatRequest } from "./model.ts";
import type { OpenAiModelOptions, RoleSettings } from "./settings.ts";

export interface Endpoint {
  client: OpenAI;
  options: OpenAiModelOptions;
  /** Models that refused `max_tokens` for its new name; found out as we go. */
  newTokenLimit: Set<string>;
}

/** One call, bounded in time with its whole body. Throws `AndroidGenError`, or the caller's abort reason. */
export async function attemptOnce(
  endpoint: Endpoint,
  request: ChatRequest,
  call: CallContext,
): Promise<Completion> {
  try {
    return readCompletion(await bounded(endpoint, request));
  } catch (error) {
    request.signal?.throwIfAborted();
    if (wantsNewTokenLimit(error) && !endpoint.newTokenLimit.has(call.model)) {
      endpoint.newTokenLimit.add(call.model);
      return attemptOnce(endpoint, request, call);
    }
    throw toAndroidGenError(error, call);
  }
}

/** The client's own timeout ends with the response's headers; this one bounds the body as well. */
async function bounded(endpoint: Endpoint, request: ChatRequest): Promise<unknown> {
  request.signal?.throwIfAborted();
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const timer = setTimeout(cancel, endpoint.options.timeoutMs);
  request.signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await create(endpoint, request, stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? new OpenAI.APIConnectionTimeoutError() : error;
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", cancel);
  }
}

async function create(endpoint: Endpoint, request: ChatRequest, signal: AbortSignal): Promise<unknown> {
  const { client, options } = endpoint;
  const settings = options.models[request.role];
  return client.chat.completions.create(
    {
      model: settings.model,
      messages: toOpenAiMessages(request.messages),
      ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
      ...tokenLimit(settings, endpoint),
      ...(request.seed === undefined ? {} : { seed: request.seed }),
    },
    { signal },
  );
}

/** OpenAI renamed the limit for its reasoning models; most other servers know the old name only. */
function tokenLimit({ model, maxTokens }: RoleSettings, { newTokenLimit }: Endpoint) {
  if (maxTokens === undefined) return {};
  return newTokenLimit.has(model) ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens };
}

function wantsNewTokenLimit(error: unknown): boolean {
  return (
    error instanceof OpenAI.BadRequestError &&
    error.param === "max_tokens" &&
    error.message.includes("max_completion_tokens")
  );
}
