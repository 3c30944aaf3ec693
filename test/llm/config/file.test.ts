import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { loadModelConfig, parseModelConfig } from "../../../src/llm/config/file.ts";

const whole = `
endpoints:
  house:
    baseUrl: http://127.0.0.1:8000/v1
    concurrency: 8
    thinkingStyle: chat_template_kwargs
  cloud:
    baseUrl: https://api.example.com/v1
    keyEnv: CLOUD_KEY
    requestsPerMinute: 60
    tokensPerMinute: 100000
    timeoutSeconds: 60
    thinkingStyle: thinking
roles:
  policy:
    use:
      - { endpoint: house, model: small }
      - { endpoint: cloud, model: large }
    temperature: 0.7
    maxTokens: 1024
    thinking: auto
  critic:
    use: [{ endpoint: cloud, model: large }]
prices:
  large: { input: 2.5, output: 10, cachedInput: 1.25 }
`;

function messageOf(text: string): string {
  try {
    parseModelConfig(text, "m.yaml");
  } catch (error) {
    expect(error).toMatchObject({ code: "MODELS_INVALID", class: "config" });
    return (error as Error).message;
  }
  throw new Error("the file was taken");
}

describe("a models file", () => {
  test("is read as it stands; roles that are missing are played by the policy's models", () => {
    const config = parseModelConfig(whole, "m.yaml");
    expect(config.endpoints["house"]).toEqual({
      baseUrl: "http://127.0.0.1:8000/v1",
      concurrency: 8,
      timeoutSeconds: 120,
      thinkingStyle: "chat_template_kwargs",
    });
    expect(config.endpoints["cloud"]).toMatchObject({ keyEnv: "CLOUD_KEY", tokensPerMinute: 100_000 });
    expect(config.roles.policy).toEqual({
      use: [
        { endpoint: "house", model: "small" },
        { endpoint: "cloud", model: "large" },
      ],
      temperature: 0.7,
      maxTokens: 1024,
      thinking: "auto",
    });
    expect(config.roles.planner).toEqual(config.roles.policy);
    expect(config.roles.critic.use).toEqual([{ endpoint: "cloud", model: "large" }]);
    expect(config.prices).toEqual({ large: { input: 2.5, output: 10, cachedInput: 1.25 } });
  });

  test.each([
    [
      "another field",
      "timeoutSeconds: 60",
      "timeoutSecs: 60",
      'm.yaml:8: endpoints.cloud: Unrecognized key: "timeoutSecs"',
    ],
    [
      "no URL",
      "https://api.example.com/v1",
      "api.example.com",
      "m.yaml:8: endpoints.cloud.baseUrl: an http or https URL",
    ],
    [
      "a key in place of its name",
      "CLOUD_KEY",
      "sk-12-34",
      "m.yaml:9: endpoints.cloud.keyEnv: the name of an environment variable",
    ],
    [
      "an endpoint that is not there",
      "endpoint: cloud, model: large }\n    temp",
      "endpoint: clod, model: large }\n    temp",
      "m.yaml:18: roles.policy.use[1].endpoint: no endpoint has this name; there are house, cloud",
    ],
    [
      "no rate",
      "requestsPerMinute: 60",
      "requestsPerMinute: 0",
      "m.yaml:10: endpoints.cloud.requestsPerMinute",
    ],
    ["a role of another name", "critic:", "judge:", 'm.yaml:15: roles: Unrecognized key: "judge"'],
    [
      "thinking that no server understands",
      "    thinkingStyle: thinking\n",
      "",
      'm.yaml:20: roles.policy.thinking: thinking is "auto", but nothing says how cloud is told to think',
    ],
    ["a price below nothing", "output: 10", "output: -1", "m.yaml:25: prices.large.output"],
    ["broken YAML", "roles:", "roles: [", "m.yaml:"],
  ])("with %s is refused by line, and says what is known", (_name, part, instead, message) => {
    expect(whole).toContain(part);
    expect(messageOf(whole.replace(part, instead))).toContain(message);
  });

  test("never says a key that stands where its name should", () => {
    expect(messageOf(whole.replace("CLOUD_KEY", "sk-12-34"))).not.toContain("sk-12-34");
  });

  test("that is not there is told with a mend", async () => {
    await expect(loadModelConfig(path.join("no", "such.yaml"))).rejects.toMatchObject({
      code: "MODELS_NOT_FOUND",
      class: "config",
      message: expect.stringContaining("docs/models.md"),
    });
  });
});
