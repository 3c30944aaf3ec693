import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";
import { androidGenCode } from "../../src/action/index.ts";
import { createAndroidGenAgent } from "../../src/agent/index.ts";
import { createModelLayer, oneModel } from "../../src/llm/index.ts";
import { type DemoModel, embeddingModelName, modelName, startDemoModel } from "../../src/sim/model/index.ts";
import { element, observation, screenOf } from "../agent/support.ts";

const homeScreen = screenOf([element(0, { text: "Settings", clickable: true })], {
  package: "com.google.android.apps.nexuslauncher",
});

let server: DemoModel;
beforeEach(async () => {
  server = await startDemoModel({ seed: 1, errorRate: 0 });
});
afterEach(async () => {
  await server.close();
});

function client(): OpenAI {
  return new OpenAI({ baseURL: server.baseUrl, apiKey: "none", maxRetries: 0 });
}

describe("the demo model's API", () => {
  const messages = [{ role: "user", content: "Hello there" }] as const;

  test("lists its models, for chat and for embeddings, by their honest names", async () => {
    const models = await client().models.list();
    const names = models.data.map((model) => model.id);
    expect(names).toEqual([modelName, embeddingModelName]);
    for (const name of names) expect(name).toContain("scripted");
  });

  test("counts tokens, and says what it is to prompts it does not know", async () => {
    const completion = await client().chat.completions.create({ model: modelName, messages: [...messages] });
    expect(completion.choices[0]!.message.content).toContain("not an LLM");
    expect(completion.usage).toMatchObject({ prompt_tokens: 2 });
    expect(completion.usage!.total_tokens).toBe(2 + completion.usage!.completion_tokens);
  });

  test("streams the same text, with usage where asked for", async () => {
    const request = { model: modelName, messages: [...messages] };
    const whole = await client().chat.completions.create(request);
    const stream = await client().chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(whole.choices[0]!.message.content);
    expect(usage).toEqual(whole.usage);
  });

  test.each([
    ["another model", { model: "gpt-4o", messages }, 404, "model_not_found"],
    ["no messages", { model: modelName, messages: [] }, 400, "invalid_request"],
    ["no object", "hello", 400, "invalid_request"],
  ])("refuses %s as OpenAI does", async (_name, body, status, code) => {
    const response = await fetch(`${server.baseUrl}/chat/completions`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.any(String) } });
  });

  test("refuses a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startDemoModel({ port, seed: 1, errorRate: 0 })).rejects.toMatchObject({
      code: "DEMO_MODEL_PORT",
    });
    await new Promise((resolve) => other.close(resolve));
  });
});

describe("the agent on the demo model", () => {
  function agent() {
    const config = oneModel({ baseUrl: server.baseUrl, model: modelName, timeoutSeconds: 5 });
    const { model } = createModelLayer(config, { maxAttempts: 1 });
    const modules = { expSearch: true, reflectPlan: true, autoCheck: true };
    return createAndroidGenAgent({ model, codec: androidGenCode, modules });
  }

  test("plans and takes the first step", async () => {
    const decision = await agent().decide(observation({ screen: homeScreen, goal: "Turn on Wi-Fi." }));
    expect(decision).toMatchObject({
      action: { type: "openApp", app: "Settings" },
      plan: [
        { text: "Open the Settings app.", done: false },
        { text: "Go to Network & internet, Internet.", done: false },
        { text: "Switch Wi-Fi on.", done: false },
      ],
    });
  });

  test("says so when it has no rules for a goal", async () => {
    const decision = await agent().decide(
      observation({ screen: homeScreen, goal: "Book a flight to Oslo." }),
    );
    expect(decision.action).toMatchObject({
      type: "finish",
      status: "infeasible",
      message: expect.stringContaining("scripted"),
    });
  });
});
