import OpenAI from "openai";
import pRetry from "p-retry";
import { z } from "zod";
import { AndroidGenError } from "../../errors.ts";
import { backoffMs, longestRetryAfterMs } from "../backoff.ts";
import { wallClock } from "../clock.ts";
import { openServer, type Server } from "../endpoint/server.ts";
import { LlmError, llmError, toAndroidGenError } from "../failure.ts";
import type { ApiEmbedding } from "./config.ts";
import { type Embedder, type EmbeddingPurpose, unit } from "./embedder.ts";
import { inBatches } from "./in-batches.ts";

/** Calls made for one batch before it fails. */
const mostAttempts = 5;

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/**
 * A model behind an OpenAI-compatible embeddings API. What may pass is tried again, after the time that the endpoint
 * asks for. Throws like a chat model: `LLM_…`, of class `llm`, or `config` where key, model or URL must be mended.
 */
export function openApiEmbedder(config: ApiEmbedding, env: NodeJS.ProcessEnv): Embedder {
  const { baseUrl, keyEnv, timeoutSeconds, prefix, batch } = config;
  const key = keyEnv === undefined ? {} : { keyEnv };
  const server = openServer("embeddings", { baseUrl, ...key, timeoutSeconds, thinkingStyle: "none" }, env);
  return {
    model: config.model,
    embed: (texts, { as, signal }) =>
      inBatches(texts, batch, signal, (some) => {
        const written = some.map((text) => `${prefix?.[as] ?? ""}${text}`);
        return withRetries(() => request(server, config, written, as, signal), signal);
      }),
    close: async () => {},
  };
}

function withRetries<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return pRetry(attempt, {
    retries: mostAttempts - 1,
    // The waits are ours: p-retry cannot wait for as long as an endpoint asks.
    minTimeout: 0,
    shouldRetry: ({ error }) => mayPass(error),
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !mayPass(error)) return;
      await wallClock.wait(askedWait(error) ?? backoffMs(attemptNumber), signal);
    },
  });
}

function mayPass(error: Error): boolean {
  return (
    AndroidGenError.isInstance(error) && error.retryable && (askedWait(error) ?? 0) <= longestRetryAfterMs
  );
}

function askedWait(error: Error): number | undefined {
  return error instanceof LlmError ? error.retryAfterMs : undefined;
}

async function request(
  server: Server,
  { model, dimensions, inputType }: ApiEmbedding,
  texts: readonly string[],
  as: EmbeddingPurpose,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(server.timeoutMs);
  const body = {
    model,
    input: [...texts],
    // The client asks for base64 on its own, which not every server knows.
    encoding_format: "float" as const,
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(inputType === undefined ? {} : { input_type: inputType[as] }),
  };
  const bounds = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  let reply: unknown;
  try {
    reply = await server.client.embeddings.create(body, { signal: bounds });
  } catch (error) {
    signal?.throwIfAborted();
    const thrown = timeout.aborted ? new OpenAI.APIConnectionTimeoutError() : error;
    throw toAndroidGenError(thrown, { ...server, model });
  }
  return readVectors(reply, texts.length, server);
}

function readVectors(reply: unknown, count: number, { url }: Server): Float32Array[] {
  const parsed = answer.safeParse(reply);
  const vectors = parsed.success
    ? parsed.data.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => unit(embedding))
    : [];
  const length = vectors[0]?.length;
  if (vectors.length === count && vectors.every((vector) => vector.length === length)) return vectors;
  throw llmError(
    "LLM_BAD_RESPONSE",
    `The model endpoint at ${url} answered with something else than one embedding for each of ${count} texts.`,
  );
}
