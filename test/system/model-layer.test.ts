import { afterEach, describe, expect, test } from "@jest/globals";
import { fastClock } from "../../src/llm/clock.ts";
import {
  type Budget,
  type ChatRequest,
  type ChatResponse,
  createModelLayer,
  type ModelConfig,
  type ModelEvent,
  type ModelLayer,
  type ModelLayerOptions,
} from "../../src/llm/index.ts";
import { startDemoModel } from "../../src/sim/index.ts";
import {
  type Answer,
  fails,
  inTurn,
  type ModelEndpoint,
  says,
  startEndpoint,
  status,
} from "../support/model-endpoint.ts";

/** The layer over HTTP, with endpoints that do as they are told. */

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const request: ChatRequest = { role: "policy", messages: [{ role: "user", content: "hi" }] };
const ask = (content: string): ChatRequest => ({ role: "policy", messages: [{ role: "user", content }] });

async function endpoint(answer: Answer): Promise<ModelEndpoint> {
  const started = await startEndpoint(answer);
  cleanups.push(() => started.close());
  return started;
}

/** Waits take a hundredth of their time. */
function layerOf(config: ModelConfig, options: ModelLayerOptions = {}): ModelLayer {
  const layer = createModelLayer(config, { maxAttempts: 3, clock: fastClock(100), ...options });
  cleanups.push(() => layer.close());
  return layer;
}

/** Endpoints `a`, `b`, … with a model each, preferred in this order. */
function lineup(
  endpoints: readonly ModelEndpoint[],
  more: Partial<ModelConfig["endpoints"][string]> = {},
): ModelConfig {
  const names = endpoints.map((_, i) => "abc"[i]!);
  const role = { use: names.map((name) => ({ endpoint: name, model: `model-${name}` })) };
  return {
    endpoints: Object.fromEntries(
      endpoints.map(({ baseUrl }, i) => [
        names[i]!,
        { baseUrl, timeoutSeconds: 5, thinkingStyle: "none" as const, ...more },
      ]),
    ),
    roles: { policy: role, planner: role, critic: role },
    prices: {},
  };
}

describe("fall-back models", () => {
  test.each<[string, Answer, number]>([
    ["fails for good", fails(500), 4],
    ["refuses the prompt", fails(400, "too long"), 1],
    ["filters the reply", says("", { finish: "content_filter" }), 1],
    ["has its quota used up", status(429, { error: { message: "pay", code: "insufficient_quota" } }), 1],
    ["asks for an hour's wait", fails(429, "later", { "retry-after": "3600" }), 1],
  ])(
    "the next one answers where the preferred one %s, and the reply says who it was",
    async (_name, fault, calls) => {
      const [a, b] = [await endpoint(fault), await endpoint(says("from b"))];
      const events: ModelEvent[] = [];
      const { model } = layerOf(lineup([a, b]), { onEvent: (event) => events.push(event) });
      expect(await model.complete(request)).toMatchObject({ text: "from b", endpoint: "b", settings: {} });
      expect(a.asked).toHaveLength(calls);
      expect(b.asked[0]!.model).toBe("model-b");
      expect(events.filter(({ type }) => type === "fell-back")).toMatchObject([
        { from: { endpoint: "a" }, to: { endpoint: "b" }, role: "policy" },
      ]);
    },
  );

  test("one that is left alone is passed over at once, and taken up again when it is well", async () => {
    const [a, b] = [await endpoint(fails(503)), await endpoint(says("from b"))];
    const { model } = layerOf(lineup([a, b]));
    for (let n = 0; n < 5; n++) await model.complete(ask(`${n}`));
    const before = a.asked.length;
    for (let n = 5; n < 10; n++) await model.complete(ask(`${n}`));
    expect(a.asked.length - before).toBeLessThanOrEqual(1);
    a.answer = says("from a");
    // Half a minute of the layer's time at most, which is a third of a second here.
    let endpointName: string | undefined;
    for (let n = 0; n < 400 && endpointName !== "a"; n++) {
      ({ endpoint: endpointName } = await model.complete(ask(`again ${n}`)));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(endpointName).toBe("a");
  });

  test("while one call tries a model that was unwell, the others are not kept waiting for it", async () => {
    const [a, b] = [await endpoint(fails(503)), await endpoint(says("from b"))];
    const { model } = layerOf(lineup([a, b], { timeoutSeconds: 600 }));
    for (let n = 0; n < 2; n++) await model.complete(ask(`${n}`));
    const hanging = new Promise<void>((resolve) => (a.answer = () => resolve()));
    const given = new AbortController();
    const askUntilOneHangs = async (): Promise<Promise<unknown>[]> => {
      const trial = model
        .complete({ ...ask("trial"), signal: given.signal })
        .catch((error: unknown) => error);
      const first = await Promise.race([trial, hanging.then(() => "hangs")]);
      return first === "hangs" ? [trial] : askUntilOneHangs();
    };
    const [trial] = await askUntilOneHangs();
    expect(await model.complete(ask("other"))).toMatchObject({ text: "from b" });
    given.abort(new Error("enough"));
    expect(await trial).toEqual(new Error("enough"));
  });

  test("a wrong key of the preferred one is told at once, before a night is spent on the other", async () => {
    const [a, b] = [await endpoint(fails(401, "wrong key")), await endpoint(says("from b"))];
    const { model } = layerOf(lineup([a, b]));
    await expect(model.complete(request)).rejects.toMatchObject({ code: "LLM_KEY_REFUSED", class: "config" });
    expect(b.asked).toEqual([]);
  });

  test("a key that is refused later sets its model aside, and the night goes on", async () => {
    const [a, b] = [await endpoint(inTurn(says("from a"), fails(401))), await endpoint(says("from b"))];
    const { model } = layerOf(lineup([a, b]));
    expect(await model.complete(request)).toMatchObject({ endpoint: "a" });
    expect(await model.complete(request)).toMatchObject({ endpoint: "b" });
    expect(await model.complete(request)).toMatchObject({ endpoint: "b" });
    expect(a.asked).toHaveLength(2);
  });

  test("a fall-back that cannot be used does not hide that the preferred one may come back", async () => {
    const [a, b] = [await endpoint(fails(503)), await endpoint(fails(401))];
    const { model } = layerOf(lineup([a, b]));
    await expect(model.complete(request)).rejects.toMatchObject({
      code: "LLM_SERVER_ERROR",
      retryable: true,
    });
  });
});

describe("an endpoint's limits are everybody's", () => {
  test("retry-after holds back all callers", async () => {
    let held = 0;
    const a = await endpoint(inTurn(says("1"), fails(429, "slow", { "retry-after": "30" }), says("2")));
    const events: ModelEvent[] = [];
    const { model } = layerOf(lineup([a]), { onEvent: (event) => events.push(event) });
    await model.complete(request);
    const first = model.complete(ask("first"));
    while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    held = a.asked.length;
    const others = Array.from({ length: 3 }, (_, n) => model.complete(ask(`other ${n}`)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(a.asked).toHaveLength(held);
    await Promise.all([first, ...others]);
    expect(events).toContainEqual({ type: "held-back", endpoint: "a", forMs: 30_000 });
  });

  test("a model that was never asked is told why, where its endpoint keeps everybody out", async () => {
    const a = await endpoint(fails(429, "slow", { "retry-after": "600" }));
    const config = lineup([a]);
    config.roles.planner = { use: [{ endpoint: "a", model: "other" }] };
    const { model } = layerOf(config);
    const limited = { code: "LLM_RATE_LIMITED", class: "llm", retryable: true, retryAfterMs: 600_000 };
    await expect(model.complete(request)).rejects.toMatchObject(limited);
    await expect(model.complete({ ...request, role: "planner" })).rejects.toMatchObject(limited);
    expect(a.asked.map((body) => body.model)).toEqual(["model-a"]);
  });

  test("no more calls are in flight than it may have", async () => {
    let inFlight = 0;
    let most = 0;
    const a = await endpoint((response, body) => {
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight--;
        says("ok")(response, body);
      }, 5);
    });
    const { model } = layerOf(lineup([a], { concurrency: 2 }));
    await Promise.all(Array.from({ length: 10 }, (_, n) => model.complete(ask(`${n}`))));
    expect(most).toBe(2);
  });
});

describe("thinking", () => {
  test("is asked for in the server's words by role and hardness, and kept apart from the answer", async () => {
    const a = await endpoint(says("do it", { message: { reasoning_content: "hm" } }));
    const config = lineup([a], { thinkingStyle: "chat_template_kwargs" });
    const { model } = layerOf({
      ...config,
      roles: { ...config.roles, policy: { ...config.roles.policy, thinking: "auto" } },
    });
    const reply = await model.complete({ ...request, hard: true });
    expect(reply).toMatchObject({ text: "do it", thinking: "hm", settings: { thinking: true } });
    expect(await model.complete(request)).toMatchObject({ settings: { thinking: false } });
    expect((await model.complete({ ...request, role: "critic" })).settings).toEqual({});
    expect(a.asked.map((body) => body["chat_template_kwargs"])).toEqual([
      { enable_thinking: true },
      { enable_thinking: false },
      undefined,
    ]);
  });

  test.each([
    ["in its own field, by its newer name", says("do it", { message: { reasoning: "hm" } })],
    ["in the reply itself", says("<think>hm</think>do it")],
  ])("%s", async (_name, answer) => {
    const { model } = layerOf(lineup([await endpoint(answer)]));
    expect(await model.complete(request)).toMatchObject({ text: "do it", thinking: "hm" });
  });
});

test("a key that an endpoint sends back everywhere stands in no reply, no event and no error", async () => {
  const key = "sk-a-key-that-nobody-may-read";
  const echo = says(`the key ${key}`, { message: { reasoning_content: key }, model: key });
  const a = await endpoint(
    inTurn(echo, says("", { finish: key }), fails(500, key), status(200, key), fails(400, key)),
  );
  const events: ModelEvent[] = [];
  const config = lineup([a], { keyEnv: "KEY" });
  const { model } = layerOf(config, {
    env: { KEY: key },
    maxAttempts: 1,
    onEvent: (event) => events.push(event),
  });
  const seen: unknown[] = [await model.complete(request)];
  for (let n = 0; n < 4; n++) {
    seen.push(await model.complete(request).catch((error: Error) => [error.message, error.stack, error]));
  }
  expect(seen[0]).toMatchObject({ text: "the key [API key]", thinking: "[API key]", model: "[API key]" });
  expect(JSON.stringify([seen, events])).not.toContain("nobody-may-read");
  expect(JSON.stringify(seen)).toContain("LLM_REQUEST_REFUSED");
});

test("a key that is not set is told before anything is asked", async () => {
  const config = lineup([await endpoint(says("x"))], { keyEnv: "NO_SUCH_KEY" });
  expect(() => createModelLayer(config, { env: {} })).toThrow(
    expect.objectContaining({ code: "KEY_MISSING", message: expect.stringContaining("NO_SUCH_KEY") }),
  );
});

describe("budgets", () => {
  const long = "Say something about the weather. ".repeat(40);

  async function demo(
    budget: Budget,
    more: ModelLayerOptions = {},
    prices: ModelConfig["prices"] = {},
  ): Promise<ModelLayer> {
    const server = await startDemoModel({ seed: 1, errorRate: 0 });
    cleanups.push(() => server.close());
    const use = [{ endpoint: "demo", model: server.model }];
    const { baseUrl } = server;
    const priced = Object.fromEntries(Object.values(prices).map((price) => [server.model, price]));
    return layerOf(
      {
        endpoints: { demo: { baseUrl, timeoutSeconds: 5, thinkingStyle: "none" } },
        roles: { policy: { use, maxTokens: 256 }, planner: { use }, critic: { use } },
        prices: priced,
      },
      { budget, ...more },
    );
  }

  /** Asks with eight callers at once until the budget is spent. */
  async function spend(layer: ModelLayer): Promise<unknown[]> {
    const caller = async (id: number): Promise<unknown> => {
      const model = layer.forEpisode(`episode ${id}`);
      for (let n = 0; n < 1000; n++) {
        const error: unknown = await model.complete(ask(`${long} ${id} ${n}`)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined) return error;
      }
      return undefined;
    };
    return Promise.all(Array.from({ length: 8 }, (_, id) => caller(id)));
  }

  test("tokens: eight callers at once stop at or under it, near to it, and go on with a larger one", async () => {
    const layer = await demo({ tokens: 20_000 });
    const errors = await spend(layer);
    for (const error of errors) expect(error).toMatchObject({ code: "BUDGET_SPENT", class: "config" });
    const spent = layer.spent();
    const tokens = spent.promptTokens + spent.completionTokens;
    expect(tokens).toBeLessThanOrEqual(20_000);
    expect(tokens).toBeGreaterThan(19_000);

    const next = await demo({ tokens: 21_000 }, { spent });
    await spend(next);
    const all = next.spent();
    expect(all.calls).toBeGreaterThan(spent.calls);
    expect(all.promptTokens + all.completionTokens).toBeLessThanOrEqual(21_000);
  });

  test("dollars, by the price table, which each reply carries", async () => {
    const layer = await demo({ usd: 0.02 }, {}, { demo: { input: 1, output: 4 } });
    const reply = await layer.model.complete(request);
    expect(reply.costUsd).toBeCloseTo(
      (reply.usage.promptTokens + 4 * reply.usage.completionTokens) / 1e6,
      12,
    );
    const errors = await spend(layer);
    for (const error of errors) expect(error).toMatchObject({ code: "BUDGET_SPENT" });
    expect(layer.spent().costUsd).toBeLessThanOrEqual(0.02);
    expect(layer.spent().costUsd).toBeGreaterThan(0.018);
  });

  test("of an episode: it ends alone, and goes on from what it had spent", async () => {
    const layer = await demo({ episodeTokens: 5_000 });
    const errors = await spend(layer);
    for (const error of errors) expect(error).toMatchObject({ code: "EPISODE_BUDGET_SPENT", class: "agent" });
    expect(await layer.model.complete(request)).toMatchObject({ endpoint: "demo" });
    expect(await layer.forEpisode("fresh").complete(request)).toMatchObject({ endpoint: "demo" });
    const spent = { calls: 9, promptTokens: 4_990, completionTokens: 0, costUsd: 0 };
    await expect(layer.forEpisode("old", spent).complete(request)).rejects.toMatchObject({
      code: "EPISODE_BUDGET_SPENT",
    });
  });

  test("an endpoint that tells no usage is counted by our own", async () => {
    const a = await endpoint(says("hello there", { usage: null }));
    const { model } = layerOf(lineup([a]));
    const { usage } = await model.complete(request);
    expect(usage).toEqual({ promptTokens: 8, completionTokens: 2 });
  });

  test("dollars without a price are refused before anything is spent", async () => {
    const config = lineup([await endpoint(says("x"))]);
    expect(() => createModelLayer(config, { budget: { usd: 1 } })).toThrow(
      expect.objectContaining({ code: "PRICE_MISSING", message: expect.stringContaining("model-a") }),
    );
  });

  test("replies are bounded where there is a budget, and only there", async () => {
    const a = await endpoint(says("x"));
    await layerOf(lineup([a]), { budget: { tokens: 10_000 } }).model.complete(request);
    await layerOf(lineup([a])).model.complete(request);
    expect(a.asked.map((body) => body["max_tokens"])).toEqual([2048, undefined]);
  });

  test("failed attempts that cost something are booked", async () => {
    const a = await endpoint(
      inTurn(says("", { usage: { prompt_tokens: 900, completion_tokens: 100 } }), says("x")),
    );
    const layer = layerOf(lineup([a]), { budget: { tokens: 4_000 } });
    await layer.model.complete(request);
    expect(layer.spent()).toMatchObject({ calls: 2, promptTokens: 920, completionTokens: 105 });
    a.answer = says("", { usage: { prompt_tokens: 900, completion_tokens: 100 } });
    // The second attempt would not fit any more, though the call had begun.
    await expect(layer.model.complete(request)).rejects.toMatchObject({ code: "BUDGET_SPENT" });
    expect(layer.spent().promptTokens + layer.spent().completionTokens).toBeLessThanOrEqual(4_000);
  });
});

test("a reply that is cut may be billed, so its prompt is booked and told", async () => {
  const a = await endpoint(inTurn(status(200, '{"choices": [{"mess'), says("whole")));
  const layer = layerOf(lineup([a]));
  const lost: ChatResponse[] = [];
  await layer.model.complete({ ...request, onLoss: (one) => lost.push(one) });
  expect(lost).toMatchObject([{ text: "", failure: expect.stringMatching(/^LLM_BAD_RESPONSE: /) }]);
  expect(layer.spent()).toMatchObject({ calls: 2, promptTokens: 20 + lost[0]!.usage.promptTokens });
  expect(lost[0]!.usage.promptTokens).toBeGreaterThan(0);
});

test("what wraps the models stands between them and the budget", async () => {
  const a = await endpoint(says("from a"));
  const taped = {
    text: "taped",
    model: "m",
    usage: { promptTokens: 7, completionTokens: 3 },
    latencyMs: 1,
    attempts: 1,
  };
  const layer = layerOf(lineup([a]), {
    wrap: (model) => ({
      complete: async (asked) => (asked.role === "critic" ? taped : model.complete({ ...asked })),
    }),
  });
  expect(await layer.model.complete({ ...request, role: "critic" })).toEqual(taped);
  expect(await layer.model.complete(request)).toMatchObject({ text: "from a" });
  expect(layer.spent()).toMatchObject({ calls: 2, promptTokens: 27, completionTokens: 8 });
});
