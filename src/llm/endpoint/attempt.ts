import OpenAI from "openai";
import { toAndroidGenError } from "../failure.ts";
import type { CallSettings, ChatMessage } from "../model.ts";
import { thinkingFields } from "../thinking.ts";
import { type Completion, readCompletion } from "./completion.ts";
import { toOpenAiMessages } from "./messages.ts";
import type { Server } from "./server.ts";

/** What one attempt sends. */
export interface Attempt {
  model: string;
  messages: readonly ChatMessage[];
  settings: CallSettings;
  signal?: AbortSignal | undefined;
}

/** One call, bounded in time with its whole body. Throws `AndroidGenError`, or the caller's abort reason. */
export async function attemptOnce(server: Server, attempt: Attempt): Promise<Completion> {
  // As it is sent: other calls in flight may learn of the new name meanwhile.
  const newName = server.newTokenLimit.has(attempt.model);
  try {
    return withoutKey(readCompletion(await bounded(server, attempt)), server);
  } catch (error) {
    attempt.signal?.throwIfAborted();
    if (wantsNewTokenLimit(error) && !newName) {
      server.newTokenLimit.add(attempt.model);
      return attemptOnce(server, attempt);
    }
    throw toAndroidGenError(error, { ...server, model: attempt.model });
  }
}

/** Whatever an endpoint echoes is recorded. */
function withoutKey(completion: Completion, { hideKey }: Server): Completion {
  const { text, thinking, model } = completion;
  return { ...completion, text: hideKey(text), thinking: hideKey(thinking), model: hideKey(model) };
}

/** The client's own timeout ends with the response's headers; this one bounds the body as well. */
async function bounded(server: Server, attempt: Attempt): Promise<unknown> {
  attempt.signal?.throwIfAborted();
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const timer = setTimeout(cancel, server.timeoutMs);
  attempt.signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await create(server, attempt, stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? new OpenAI.APIConnectionTimeoutError() : error;
  } finally {
    clearTimeout(timer);
    attempt.signal?.removeEventListener("abort", cancel);
  }
}

async function create(server: Server, attempt: Attempt, signal: AbortSignal): Promise<unknown> {
  const { model, messages, settings } = attempt;
  const { temperature, seed, thinking } = settings;
  return server.client.chat.completions.create(
    {
      model,
      messages: toOpenAiMessages(messages),
      ...(temperature === undefined ? {} : { temperature }),
      ...tokenLimit(attempt, server),
      ...(seed === undefined ? {} : { seed }),
      ...thinkingFields(server.thinkingStyle, thinking),
    },
    { signal },
  );
}

/** OpenAI renamed the limit for its reasoning models; most other servers know the old name only. */
function tokenLimit({ model, settings: { maxTokens } }: Attempt, { newTokenLimit }: Server) {
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
