import { afterEach, describe, expect, test } from "@jest/globals";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AndroidGenError } from "../../src/errors.ts";
import { type ChatRequest, createModelLayer, type ModelConfig, oneModel } from "../../src/llm/index.ts";

const apiKey = "sk-test-0123456789";

interface Call {
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}
type Answer = (response: ServerResponse, call: Call) => void;

let servers: Server[] = [];
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers = [];
});

/** An endpoint that gives these answers one after the other, the last one for ever. */
async function endpoint(...answers: Answer[]): Promise<{ baseUrl: string; calls: Call[] }> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Call["body"];
      const call = { headers: request.headers, body };
      calls.push(call);
      answers[Math.min(calls.length, answers.length) - 1]!(response, call);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, calls };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

function completion(content: string | null, finishReason = "stop"): Answer {
  return json(200, {
    model: "served-model",
    choices: [{ index: 0, finish_reason: finishReason, message: { role: "assistant", content } }],
    usage: { prompt_tokens: 11, completion_tokens: 3 },
  });
}

const ok = completion("hello");
const fails = (status: number, message = "no", code: string | null = null): Answer =>
  json(status, { error: { message, code } });

interface Options {
  apiKey?: string;
  timeoutMs?: number;
  maxAttempts?: number;
}

function model(baseUrl: string, options: Options = {}) {
  const { apiKey: key = apiKey, timeoutMs = 5000, maxAttempts = 3 } = options;
  const one = { baseUrl, model: "m", plannerModel: "small", keyEnv: "KEY", timeoutSeconds: timeoutMs / 1000 };
  const config = oneModel(one);
  const policy = { ...config.roles.policy, temperature: 0.5, maxTokens: 64 };
  const all: ModelConfig = { ...config, roles: { ...config.roles, policy } };
  return createModelLayer(all, { maxAttempts, env: { KEY: key } }).model;
}

const request: ChatRequest = { role: "policy", messages: [{ role: "user", content: "hi" }] };

async function failure(promise: Promise<unknown>): Promise<AndroidGenError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!AndroidGenError.isInstance(error)) throw new Error("expected an AndroidGenError", { cause: error });
  return error;
}

describe("a call that goes well", () => {
  test("carries the role's settings, the seed, the key, and pictures as data URLs", async () => {
    const { baseUrl, calls } = await endpoint(ok);
    const response = await model(baseUrl).complete({
      role: "policy",
      seed: 7,
      messages: [
        { role: "system", content: [{ type: "text", text: "be brief" }] },
        {
          role: "user",
          content: [
            { type: "text", text: "hi" },
            { type: "image", bytes: Buffer.from("png"), mediaType: "image/png" },
          ],
        },
      ],
    });
    expect(response).toMatchObject({
      text: "hello",
      model: "served-model",
      usage: { promptTokens: 11, completionTokens: 3 },
      attempts: 1,
    });
    expect(response).not.toHaveProperty("truncated");
    expect(calls[0]!.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(calls[0]!.body).toEqual({
      model: "m",
      temperature: 0.5,
      max_tokens: 64,
      seed: 7,
      messages: [
        { role: "system", content: "be brief" },
        {
          role: "user",
          content: [
            { type: "text", text: "hi" },
            { type: "image_url", image_url: { url: "data:image/png;base64,cG5n" } },
          ],
        },
      ],
    });
  });

  test("leaves out what is not set", async () => {
    const { baseUrl, calls } = await endpoint(ok);
    await model(baseUrl).complete({ ...request, role: "planner" });
    expect(Object.keys(calls[0]!.body).sort()).toEqual(["messages", "model"]);
  });

  test("names the token limit as the model wants it, once it has said so", async () => {
    const message = "Unsupported parameter: use 'max_completion_tokens' instead.";
    const refusal = json(400, { error: { message, param: "max_tokens", code: "unsupported_parameter" } });
    const { baseUrl, calls } = await endpoint(refusal, ok);
    const one = model(baseUrl);
    expect(await one.complete(request)).toMatchObject({ text: "hello", attempts: 1 });
    await one.complete(request);
    const limits = calls.map(({ body }) => [body["max_tokens"], body["max_completion_tokens"]]);
    expect(limits).toEqual([
      [64, undefined],
      [undefined, 64],
      [undefined, 64],
    ]);
  });

  test("and says it again to each of several calls that were in flight by then", async () => {
    const message = "Unsupported parameter: use 'max_completion_tokens' instead.";
    const refusal = json(400, { error: { message, param: "max_tokens", code: "unsupported_parameter" } });
    const early: (() => void)[] = [];
    const refuseTogether: Answer = (response, call) => {
      early.push(() => refusal(response, call));
      if (early.length === 3) for (const refuse of early) refuse();
    };
    const { baseUrl, calls } = await endpoint(refuseTogether, refuseTogether, refuseTogether, ok);
    const one = model(baseUrl);
    const replies = await Promise.all([1, 2, 3].map(() => one.complete(request)));
    expect(replies.map(({ text }) => text)).toEqual(["hello", "hello", "hello"]);
    expect(calls).toHaveLength(6);
  });

  test("never sends a key from the environment", async () => {
    const { baseUrl, calls } = await endpoint(ok);
    const before = process.env["OPENAI_API_KEY"];
    process.env["OPENAI_API_KEY"] = "sk-of-somebody-else";
    try {
      await createModelLayer(oneModel({ baseUrl, model: "m" })).model.complete(request);
    } finally {
      if (before === undefined) delete process.env["OPENAI_API_KEY"];
      else process.env["OPENAI_API_KEY"] = before;
    }
    expect(JSON.stringify(calls[0]!.headers)).not.toContain("somebody-else");
  });
});

describe("faults that pass", () => {
  test.each<[string, Answer]>([
    ["a server error", fails(500)],
    ["a time-out of a gateway", fails(504)],
    ["a request time-out", fails(408)],
    ["a conflict", fails(409)],
    ["a rate limit", fails(429)],
    [
      "a rate limit that names its end",
      json(429, { error: { message: "slow down" } }, { "retry-after": "0" }),
    ],
    ["a reset connection", (response) => response.socket!.resetAndDestroy()],
    ["an empty reply", completion("")],
    ["a reply without text", completion(null)],
    ["no choices", json(200, { choices: [] })],
    ["something that is not a completion", json(200, { hello: "world" })],
    ["a body that is not JSON", json(200, "{")],
    ["a web page", (response) => response.end("<html>")],
    [
      "a body that is cut off",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
        response.write('{"choices": [', () => response.socket!.destroy());
      },
    ],
  ])("%s is followed by another attempt", async (_name, fault) => {
    const { baseUrl, calls } = await endpoint(fault, ok);
    const response = await model(baseUrl).complete(request);
    expect(response).toMatchObject({ text: "hello", attempts: 2 });
    expect(calls).toHaveLength(2);
  });

  test("the wait that the endpoint asks for is kept", async () => {
    let asked = 0;
    let waited = 0;
    const { baseUrl } = await endpoint(
      (response, call) => {
        asked = performance.now();
        json(429, { error: { message: "slow down" } }, { "retry-after": "1" })(response, call);
      },
      (response, call) => {
        waited = performance.now() - asked;
        ok(response, call);
      },
    );
    await model(baseUrl).complete(request);
    // Our own first backoff is at most half a second.
    expect(waited).toBeGreaterThan(950);
  });

  test.each<[string, Answer]>([
    ["before its headers", () => undefined],
    [
      "within its body",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write("{");
      },
    ],
  ])("an endpoint that hangs %s runs into the time-out", async (_name, hang) => {
    const { baseUrl, calls } = await endpoint(hang);
    const error = await failure(model(baseUrl, { timeoutMs: 100, maxAttempts: 2 }).complete(request));
    expect(error).toMatchObject({ code: "LLM_TIMEOUT", class: "llm", retryable: true });
    expect(calls).toHaveLength(2);
  });
});

describe("faults that stay", () => {
  test("attempts are bounded", async () => {
    const { baseUrl, calls } = await endpoint(fails(503, "overloaded"));
    const error = await failure(model(baseUrl, { maxAttempts: 2 }).complete(request));
    expect(error).toMatchObject({ code: "LLM_SERVER_ERROR", class: "llm", retryable: true });
    expect(error.message).toContain("overloaded");
    expect(calls).toHaveLength(2);
  });

  test("a port that nobody listens on", async () => {
    const { baseUrl } = await endpoint(ok);
    const server = servers.pop()!;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(model(baseUrl, { maxAttempts: 2 }).complete(request));
    expect(error).toMatchObject({ code: "LLM_UNREACHABLE", class: "llm", retryable: true });
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.message).toContain(baseUrl);
  });

  test.each([
    [401, "LLM_KEY_REFUSED"],
    [403, "LLM_KEY_REFUSED"],
    [404, "LLM_MODEL_NOT_FOUND"],
  ])("%i stops at once and says what to mend", async (status, code) => {
    const { baseUrl, calls } = await endpoint(fails(status));
    const error = await failure(model(baseUrl).complete(request));
    expect(error).toMatchObject({ code, class: "config", retryable: false });
    expect(error.message).toContain("Check the");
    expect(calls).toHaveLength(1);
  });

  test("a used up quota is the user's to mend, a rate limit is not", async () => {
    const { baseUrl, calls } = await endpoint(fails(429, "pay", "insufficient_quota"));
    const error = await failure(model(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "LLM_QUOTA_USED_UP", class: "config" });
    expect(calls).toHaveLength(1);
  });

  test("a refused request is not repeated", async () => {
    const { baseUrl, calls } = await endpoint(fails(400, "context too long"));
    const error = await failure(model(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "LLM_REQUEST_REFUSED", class: "llm", retryable: false });
    expect(error.message).toContain("context too long");
    expect(calls).toHaveLength(1);
  });

  test("an endpoint that asks for an hour's wait is left to the runner", async () => {
    const answer = json(429, { error: { message: "come back later" } }, { "retry-after": "3600" });
    const { baseUrl, calls } = await endpoint(answer);
    const error = await failure(model(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "LLM_RATE_LIMITED", class: "llm", retryable: true });
    expect(error.message).toContain("3600 s");
    expect(calls).toHaveLength(1);
  });

  test("a reply that is empty because its tokens ran out is not repeated", async () => {
    const { baseUrl, calls } = await endpoint(completion("", "length"));
    const error = await failure(model(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "LLM_EMPTY", class: "llm", retryable: false });
    expect(error.message).toContain("maxTokens");
    expect(calls).toHaveLength(1);
  });

  test("a reply whose end is cut off is accepted and says so", async () => {
    const { baseUrl } = await endpoint(completion("hel", "length"));
    expect(await model(baseUrl).complete(request)).toMatchObject({ text: "hel", truncated: true });
  });

  test("a bad base URL is a config error", () => {
    expect(() => model("localhost:8000/v1")).toThrow("base URL");
    expect(() => model("http://user:secret@127.0.0.1/v1")).toThrow("holds a password");
  });

  test("so is a key that cannot be sent", () => {
    expect(() => model("http://127.0.0.1/v1", { apiKey: "sk-1\n" })).toThrow(
      "The API key in KEY holds white space",
    );
  });
});

describe("the API key", () => {
  test.each<[string, Answer]>([
    ["a refusal", fails(401, `Incorrect API key provided: ${apiKey}`)],
    ["a server error", fails(500, `bearer ${apiKey}`)],
    ["a page of text", (response) => response.writeHead(400).end(`your key: ${apiKey}`)],
  ])("is not in the error when %s echoes it", async (_name, answer) => {
    const { baseUrl } = await endpoint(answer);
    const error = await failure(model(baseUrl, { maxAttempts: 1 }).complete(request));
    expect(error.message).toContain("[API key]");
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(apiKey);
    expect(error.cause).toBeUndefined();
  });
});

describe("abort", () => {
  test("ends a call in flight with the caller's reason", async () => {
    const abort = new AbortController();
    const reason = new Error("stop now");
    const { baseUrl, calls } = await endpoint(() => abort.abort(reason));
    await expect(model(baseUrl).complete({ ...request, signal: abort.signal })).rejects.toBe(reason);
    expect(calls).toHaveLength(1);
  });

  test("ends the wait between two attempts", async () => {
    const abort = new AbortController();
    const reason = new Error("stop now");
    const { baseUrl, calls } = await endpoint((response, call) => {
      json(429, { error: {} }, { "retry-after": "50" })(response, call);
      response.on("close", () => setTimeout(() => abort.abort(reason), 50));
    });
    await expect(model(baseUrl).complete({ ...request, signal: abort.signal })).rejects.toBe(reason);
    expect(calls).toHaveLength(1);
  });

  test("comes before the first attempt", async () => {
    const { baseUrl, calls } = await endpoint(ok);
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(model(baseUrl).complete({ ...request, signal })).rejects.toThrow("too late");
    expect(calls).toHaveLength(0);
  });
});
