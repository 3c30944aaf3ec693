import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { countTokens } from "gpt-tokenizer";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { infraError } from "../../errors.ts";
import { seedOf } from "../../random.ts";
import type { LatencyProfileName } from "../latency.ts";
import { answerPrompt } from "./answer.ts";
import { addEmbeddings, embeddingModelName } from "./embeddings/api.ts";
import {
  apiError,
  type ChatRequestBody,
  chatRequestSchema,
  completionBody,
  completionChunks,
  modelName,
  textOf,
  type Usage,
} from "./chat-api.ts";

export interface DemoModelOptions {
  /** On loopback; a free one where not given. */
  port?: number;
  seed: number;
  /** Share of policy replies with a mistake, 0 to 1. */
  errorRate: number;
  /** `realistic` takes as long as a hosted model; `none` where not given. */
  latency?: LatencyProfileName;
}

export interface DemoModel {
  /** For any OpenAI client: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** A prompt with a few screenshots. */
const longestBody = 64 * 1024 * 1024;
/** Device time for tokens of a hosted model: until the first, and for each. */
const realistic = { firstMs: 600, perTokenMs: 12 };

/**
 * Starts the scripted demo model: an OpenAI-compatible chat server that follows rules. It sees what
 * stands in a prompt, like any model, and knows nothing of devices and tasks.
 */
export async function startDemoModel(options: DemoModelOptions): Promise<DemoModel> {
  const listener = getRequestListener(createApi(options).fetch);
  const server = createServer((request, response) => void listener(request, response));
  // A connection that we close for being idle may just be taking the client's next request.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw infraError(
      "DEMO_MODEL_PORT",
      `The demo model cannot listen on ${host}:${options.port}. Give another port, or none for a free one.`,
      error,
    );
  }
  return {
    baseUrl: `http://${host}:${(server.address() as AddressInfo).port}/v1`,
    model: modelName,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function createApi(options: DemoModelOptions): Hono {
  const api = new Hono();
  const created = Math.floor(Date.now() / 1000);
  api.onError((error, c) => c.json(apiError(error.message, "internal_error"), 500));
  api.notFound((c) => c.json(apiError(`There is no ${c.req.method} ${c.req.path}.`, "not_found"), 404));

  api.get("/v1/models", (c) =>
    c.json({
      object: "list",
      data: [modelName, embeddingModelName].map((id) => ({
        id,
        object: "model",
        created,
        owned_by: "androidgen",
      })),
    }),
  );

  api.post("/v1/chat/completions", bodyLimit({ maxSize: longestBody }), async (c) => {
    const parsed = chatRequestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return c.json(
        apiError(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`, "invalid_request"),
        400,
      );
    }
    const request = parsed.data;
    if (request.model !== modelName) {
      return c.json(apiError(`There is only the model ${modelName} here.`, "model_not_found"), 404);
    }
    const text = answer(request, options);
    const usage = usageOf(request, text);
    await spend(options, usage, c.req.raw.signal);
    const id = `chatcmpl-${(seedOf(options.seed, text, usage.prompt_tokens) >>> 0).toString(16)}`;
    if (request.stream !== true) return c.json(completionBody(id, now(), text, usage));
    const shownUsage = request.stream_options?.include_usage === true ? usage : undefined;
    return streamSSE(c, async (stream) => {
      for (const chunk of completionChunks(id, now(), text, shownUsage)) {
        await stream.writeSSE({ data: JSON.stringify(chunk) });
      }
      await stream.writeSSE({ data: "[DONE]" });
    });
  });
  addEmbeddings(api);
  return api;
}

/** The prompt is the first user turn; turns after it only say that a reply could not be read. */
function answer(request: ChatRequestBody, { seed, errorRate }: DemoModelOptions): string {
  const prompt = request.messages.find((message) => message.role === "user");
  const text = prompt === undefined ? "" : textOf(prompt);
  return answerPrompt(text, { seed, errorRate, requestSeed: request.seed ?? 0 });
}

function usageOf(request: ChatRequestBody, reply: string): Usage {
  const count = (text: string) => countTokens(text, { disallowedSpecial: new Set() });
  const prompt_tokens = request.messages.reduce((sum, message) => sum + count(textOf(message)), 0);
  const completion_tokens = count(reply);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

async function spend({ latency }: DemoModelOptions, usage: Usage, signal: AbortSignal): Promise<void> {
  if (latency !== "realistic") return;
  await sleep(realistic.firstMs + realistic.perTokenMs * usage.completion_tokens, undefined, { signal });
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
