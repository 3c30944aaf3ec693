import { afterEach, describe, expect, test } from "@jest/globals";
import { androidGenCode } from "../../src/action/index.ts";
import { createAndroidGenAgent } from "../../src/agent/index.ts";
import { type ChatRequest, createModelLayer, type ModelLayer, oneModel } from "../../src/llm/index.ts";
import { fastClock } from "../../src/llm/clock.ts";
import { fakeScreen } from "../support/fakes.ts";
import {
  type Answer,
  fails,
  hangs,
  inTurn,
  type ModelEndpoint,
  says,
  startEndpoint,
  status,
} from "../support/model-endpoint.ts";

/** Each way in which an endpoint fails, over HTTP, and what becomes of the call. */

let endpoint: ModelEndpoint;
let layer: ModelLayer;

afterEach(async () => {
  await layer.close();
  await endpoint.close();
});

const request: ChatRequest = { role: "policy", messages: [{ role: "user", content: "hi" }] };
const good = says("hello");

/** Waits take a hundredth of their time. */
async function asking(
  answer: Answer,
  more: { timeoutSeconds?: number; maxAttempts?: number } = {},
): Promise<ModelLayer> {
  endpoint = await startEndpoint(answer);
  const { timeoutSeconds = 5, maxAttempts = 3 } = more;
  const config = oneModel({ baseUrl: endpoint.baseUrl, model: "m", timeoutSeconds });
  layer = createModelLayer(config, { maxAttempts, clock: fastClock(100) });
  return layer;
}

const cutBody: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  response.write('{"choices": [', () => response.socket!.destroy());
};
const cutStream: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/event-stream", "transfer-encoding": "chunked" });
  response.write('data: {"choices":[{"delta":{"content":"he"}}]}\n\n', () => response.socket!.destroy());
};
const endless: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = " ".repeat(1024 * 1024);
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, more);
  };
  more();
};

describe("asked again, and answered", () => {
  test.each<[string, Answer]>([
    ["429 without retry-after", fails(429, "slow down")],
    ["429 with retry-after", fails(429, "slow down", { "retry-after": "2" })],
    ["503 with retry-after", fails(503, "loading", { "retry-after": "2" })],
    ["500", fails(500, "out of memory")],
    ["a connection cut before the answer", (response) => response.socket!.resetAndDestroy()],
    ["a body that is cut", cutBody],
    ["a stream that is cut, though none was asked for", cutStream],
    ["an empty reply", says("")],
    ["malformed JSON", status(200, '{"choices": [{"mess')],
    ["JSON that is no completion", status(200, { hello: "world" })],
    ["a reply without end", endless],
  ])("%s", async (_name, fault) => {
    const { model } = await asking(inTurn(fault, good));
    expect(await model.complete(request)).toMatchObject({ text: "hello", attempts: 2 });
    expect(endpoint.asked).toHaveLength(2);
  });

  test("a hang, after its time-out", async () => {
    await asking(inTurn(hangs, good), { timeoutSeconds: 1 });
    expect(await layer.model.complete(request)).toMatchObject({ text: "hello", attempts: 2 });
    // The prompt that was left without an answer may be billed.
    expect(layer.spent()).toMatchObject({ calls: 2, completionTokens: 5 });
    expect(layer.spent().promptTokens).toBeGreaterThan(20);
  });

  test("an empty reply costs what its endpoint says", async () => {
    await asking(inTurn(says(""), good));
    await layer.model.complete(request);
    expect(layer.spent()).toMatchObject({ calls: 2, promptTokens: 40, completionTokens: 10 });
  });
});

describe("told to the caller", () => {
  test.each<[string, Answer, string, boolean, number]>([
    // The fourth call asks whether it answers anything at all.
    ["500 for ever", fails(500), "LLM_SERVER_ERROR", true, 4],
    ["429 for ever", fails(429), "LLM_RATE_LIMITED", true, 3],
    ["an hour of retry-after", fails(429, "later", { "retry-after": "3600" }), "LLM_RATE_LIMITED", true, 1],
    ["nothing but empty replies", says(""), "LLM_EMPTY", true, 3],
    ["400, such as a prompt that is too long", fails(400, "context length"), "LLM_REQUEST_REFUSED", false, 1],
    ["a refusal", says(null, { message: { refusal: "I cannot help with that." } }), "LLM_EMPTY", false, 1],
    ["a reply that its provider filtered", says("", { finish: "content_filter" }), "LLM_EMPTY", false, 1],
    ["thinking that used up the token limit", says("<think>hm", { finish: "length" }), "LLM_EMPTY", false, 1],
    ["malformed JSON for ever", status(200, "{"), "LLM_BAD_RESPONSE", true, 4],
  ])("%s", async (_name, fault, code, retryable, calls) => {
    const { model } = await asking(fault);
    await expect(model.complete(request)).rejects.toMatchObject({ code, class: "llm", retryable });
    expect(endpoint.asked).toHaveLength(calls);
  });

  test("a reply longer than its token limit, as far as it goes", async () => {
    const { model } = await asking(says("do(action=", { finish: "length" }));
    expect(await model.complete(request)).toMatchObject({ text: "do(action=", truncated: true });
  });
});

describe("the agent's to mend", () => {
  test.each([
    ["a reply in another language", "Ich tippe auf „Weiter“, denn die gesuchte Seite kommt danach."],
    ["a refusal in words", "I'm sorry, but I can't help with that."],
    ["a reply that was cut off", 'Operation:\n```\ndo(action="Cli'],
  ])("%s is refused by the grammar, and the model is told in the next round", async (_name, text) => {
    const { model } = await asking(says(text));
    const modules = { expSearch: false, reflectPlan: false, autoCheck: true };
    const agent = createAndroidGenAgent({ model, codec: androidGenCode, modules });
    const seen = { goal: "Go to page 2", screen: fakeScreen(1), apps: ["Book"], stepsLeft: 5, calls: [] };
    const { action, refusal, response } = await agent.decide({ ...seen, history: [] });
    expect({ action, response }).toEqual({ action: undefined, response: text });
    expect(refusal!.reason).not.toBe("");
    const past = { number: 1, screen: fakeScreen(1), response, refusal: refusal! };
    await agent.decide({ ...seen, history: [past] });
    expect(JSON.stringify(endpoint.asked.at(-1)!.messages)).toContain(
      JSON.stringify(refusal!.reason).slice(1, -1),
    );
  });
});

describe("a prompt that fails alone", () => {
  const other: ChatRequest = { role: "policy", messages: [{ role: "user", content: "another" }] };
  const poison: Answer = (response, body) => {
    const prompt = JSON.stringify(body.messages);
    (prompt.includes("hi") ? fails(500, "tokenizer crashed") : good)(response, body);
  };

  async function lastFailure(model: ModelLayer["model"], between: () => Promise<unknown>): Promise<unknown> {
    for (let round = 1; round <= 8; round++) {
      const error: unknown = await model.complete(request).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ class: "llm" });
      if (!(error as { retryable: boolean }).retryable) return error;
      await between();
    }
    return undefined;
  }

  test("is not asked for ever while others are answered: its episode ends, and not the run", async () => {
    const { model } = await asking(poison);
    const error = await lastFailure(model, () => model.complete(other));
    expect(error).toMatchObject({ code: "LLM_PROMPT_FAILS", retryable: false });
    expect((error as Error).message).toContain("tokenizer crashed");
    expect(await model.complete(other)).toMatchObject({ text: "hello" });
  });

  test("is found out by a short question where nobody else asks", async () => {
    await asking(poison);
    const error = await lastFailure(layer.model, async () => {});
    expect(error).toMatchObject({ code: "LLM_PROMPT_FAILS", retryable: false });
    const questions = endpoint.asked.filter(({ messages }) => !JSON.stringify(messages).includes("hi"));
    expect(questions.length).toBeGreaterThan(0);
    expect(layer.spent().calls).toBe(questions.length);
  });

  test("is not blamed while the endpoint fails for everybody", async () => {
    const { model } = await asking(fails(500));
    expect(await lastFailure(model, async () => {})).toBeUndefined();
  });
});
