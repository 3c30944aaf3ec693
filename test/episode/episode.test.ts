import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Agent, Observation, PastStep } from "../../src/agent/index.ts";
import { parseApis } from "../../src/api/index.ts";
import type { Device } from "../../src/device/index.ts";
import { AndroidGenError, configError, infraError } from "../../src/errors.ts";
import { type EpisodeOptions, type EpisodeOutcome, runEpisode } from "../../src/episode/index.ts";
import { LlmError } from "../../src/llm/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import type { TaskInstance } from "../../src/task/index.ts";
import { fakeAgent, fakeDecision, fakeDevice, pageTask, scriptedAgent, tapNext } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { startedEpisode } from "../support/started-episode.ts";

let store: Store;

beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

async function play(
  instance: TaskInstance,
  more: Partial<EpisodeOptions> = {},
): Promise<{ outcome: EpisodeOutcome; id: string }> {
  const episode = await startedEpisode(store, instance);
  const outcome = await runEpisode({
    episode,
    instance,
    device: fakeDevice(),
    agent: fakeAgent(),
    store,
    stop: new AbortController().signal,
    modelWaitsMs: [1, 1],
    ...more,
  });
  return { outcome, id: episode.id };
}

const failing = (error: Error): Agent => ({
  decide: async () => {
    throw error;
  },
});

describe("an episode", () => {
  test("succeeds where the checks pass and the agent says so; everything is recorded", async () => {
    const { outcome, id } = await play(pageTask(2));
    expect(outcome).toEqual({ state: "succeeded", steps: 3 });
    const episode = await store.episodes.get(id);
    expect(episode).toMatchObject({ state: "succeeded", steps: 3, finishStatus: "complete" });
    const steps = await store.steps.list(id);
    expect(steps.map((step) => step.action?.type)).toEqual(["tap", "tap", "finish"]);
    expect(steps.map((step) => step.fingerprint)).toEqual(["page-0", "page-1", "page-2"]);
    const final = await store.screens.load(episode.finalScreenId!, { image: true });
    expect(final.elements[0]!.text).toBe("Page 2");
    expect(final.image!.bytes.toString()).toBe("picture of page 2");
    const [verdict] = await store.verdicts.list(id);
    expect(verdict).toMatchObject({ source: "check", success: true });
    expect(await store.calls.list(id)).toHaveLength(3);
  });

  test("fails where the agent finishes too early", async () => {
    const { outcome } = await play(pageTask(2), { agent: scriptedAgent([]) });
    expect(outcome).toEqual({ state: "failed", steps: 1 });
  });

  test("fails where the goal is met but the agent never says so", async () => {
    const taps = [fakeDecision(tapNext), fakeDecision(tapNext)];
    const { outcome, id } = await play(pageTask(2, 1, { budget: 2 }), { agent: scriptedAgent(taps) });
    expect(outcome).toEqual({ state: "failed", steps: 2 });
    const [verdict] = await store.verdicts.list(id);
    expect(verdict!.detail).toMatchObject({ checks: [{ passed: true }] });
  });

  test("keeps the answer given before the finish", async () => {
    const instance = pageTask(0, 1, { checks: [{ answer: { equals: "42" } }] });
    const agent = scriptedAgent([
      fakeDecision({ type: "answer", text: "42" }),
      fakeDecision({ type: "finish", status: "complete", message: "done" }),
    ]);
    const { outcome, id } = await play(instance, { agent });
    expect(outcome.state).toBe("succeeded");
    expect((await store.episodes.get(id)).answer).toBe("42");
  });

  test("feeds refusals of AutoCheck and of the device back to the agent", async () => {
    const seen: string[] = [];
    const decisions = [
      fakeDecision(undefined, { refusal: { rule: "known-app", reason: "no such app" } }),
      fakeDecision({ type: "openApp", app: "Chess" }),
    ];
    const inner = scriptedAgent(decisions);
    const agent: Agent = {
      decide(observation) {
        const last = observation.history.at(-1);
        if (last?.refusal !== undefined) seen.push(`${last.refusal.rule}: ${last.refusal.reason}`);
        return inner.decide(observation);
      },
    };
    const { id } = await play(pageTask(0), { agent });
    expect(seen).toEqual(["known-app: no such app", "device: a book has no apps"]);
    const steps = await store.steps.list(id);
    expect(steps[1]).toMatchObject({ action: { type: "openApp" }, refusal: { rule: "device" } });
  });

  test("ends in an error where the device fails, with what was recorded before", async () => {
    let taps = 0;
    const device = fakeDevice("book-1", (call) => {
      if (call === "tap" && ++taps === 2) throw infraError("DEVICE_GONE", "book-1 vanished");
    });
    const { outcome, id } = await play(pageTask(3), { device });
    expect(outcome).toMatchObject({ state: "error", steps: 1, error: { code: "DEVICE_GONE" } });
    expect(await store.episodes.get(id)).toMatchObject({
      state: "error",
      error: { code: "DEVICE_GONE", class: "infra", message: "book-1 vanished" },
    });
    expect(await store.steps.list(id)).toHaveLength(1);
  });

  test("finishes the step in flight when stopped", async () => {
    const stop = new AbortController();
    const { outcome, id } = await play(pageTask(5), {
      stop: stop.signal,
      onStep: ({ number }) => number === 2 && stop.abort(),
    });
    expect(outcome).toEqual({ state: "interrupted", steps: 2 });
    expect(await store.episodes.get(id)).toMatchObject({ state: "interrupted", steps: 2 });
  });

  test("waits for a model endpoint that fails, and goes on", async () => {
    const down = new AndroidGenError("502", { code: "LLM_SERVER_ERROR", class: "llm", retryable: true });
    const inner = fakeAgent();
    let calls = 0;
    const agent: Agent = {
      decide: (observation) => (++calls <= 2 ? Promise.reject(down) : inner.decide(observation)),
    };
    const { outcome, id } = await play(pageTask(1), { agent });
    expect(outcome).toEqual({ state: "succeeded", steps: 2 });
    // Two waits of a millisecond, which are the model's.
    expect((await store.steps.list(id)).map(({ modelMs }) => modelMs)).toEqual([2, 0]);
  });

  test("waits as long as the endpoint asks", async () => {
    const limited = new LlmError("429", { code: "LLM_RATE_LIMITED", retryable: false, retryAfterMs: 2 });
    const inner = fakeAgent();
    let calls = 0;
    const agent: Agent = {
      decide: (observation) => (++calls === 1 ? Promise.reject(limited) : inner.decide(observation)),
    };
    expect((await play(pageTask(1), { agent })).outcome).toEqual({ state: "succeeded", steps: 2 });
    const tooLong = new LlmError("429", {
      code: "LLM_RATE_LIMITED",
      retryable: false,
      retryAfterMs: 3_600_000,
    });
    expect((await play(pageTask(1), { agent: failing(tooLong) })).outcome).toMatchObject({
      state: "interrupted",
      error: { code: "LLM_RATE_LIMITED" },
    });
  });

  test("ends a wait for the endpoint at once when stopped", async () => {
    const down = new AndroidGenError("502", { code: "LLM_SERVER_ERROR", class: "llm", retryable: true });
    const stop = new AbortController();
    const agent: Agent = {
      decide: async () => {
        setImmediate(() => stop.abort());
        throw down;
      },
    };
    const { outcome } = await play(pageTask(1), { agent, stop: stop.signal, modelWaitsMs: [600_000] });
    expect(outcome).toEqual({ state: "interrupted", steps: 0 });
  });

  test("is left resumable, with the reason, where the endpoint stays down", async () => {
    const down = new AndroidGenError("502", { code: "LLM_SERVER_ERROR", class: "llm", retryable: true });
    const { outcome, id } = await play(pageTask(1), { agent: failing(down) });
    expect(outcome).toEqual({ state: "interrupted", steps: 0, error: down });
    expect((await store.episodes.get(id)).error?.code).toBe("LLM_SERVER_ERROR");
  });

  test("ends alone where the model has nothing to say to one prompt", async () => {
    const empty = new LlmError("The model sent an empty reply", { code: "LLM_EMPTY", retryable: true });
    const { outcome } = await play(pageTask(1), { agent: failing(empty) });
    expect(outcome).toEqual({ state: "error", steps: 0, error: empty });
  });

  test("is left resumable by a mistake of the user's", async () => {
    const error = configError("LLM_KEY_REFUSED", "wrong key");
    expect((await play(pageTask(1), { agent: failing(error) })).outcome).toMatchObject({
      state: "interrupted",
      error: { code: "LLM_KEY_REFUSED" },
    });
  });

  test("ends alone where one request is refused or our own code fails", async () => {
    const refused = new AndroidGenError("too long", { code: "LLM_REQUEST_REFUSED", class: "llm" });
    expect((await play(pageTask(1), { agent: failing(refused) })).outcome.state).toBe("error");
    const { outcome } = await play(pageTask(1), { agent: failing(new TypeError("x is undefined")) });
    expect(outcome).toMatchObject({ state: "error", error: { code: "EPISODE_CRASHED", class: "agent" } });
  });

  test("needs a device with snapshots where one is to be loaded", async () => {
    const { outcome } = await play(pageTask(1), { snapshot: "clean" });
    expect(outcome).toMatchObject({ state: "interrupted", error: { code: "NO_SNAPSHOTS" } });
  });
});

describe("app interfaces", () => {
  const [volume] = parseApis(
    [
      "apis:",
      "  - name: book.set-volume",
      "    description: Set the volume",
      "    permission: book.write",
      "    params: { level: { type: integer, description: Level } }",
      '    setting: { namespace: system, key: volume, value: "{level}" }',
      "  - name: book.get-volume",
      "    description: Read the volume",
      "    permission: book.read",
      "    setting: { namespace: system, key: volume }",
    ].join("\n"),
    "book.yaml",
  );
  const call = (name: string, args = {}) => fakeDecision({ type: "callApi", name, args });

  test("are offered and called where they are allowed, and what they give is recorded and told", async () => {
    const seen: Observation[] = [];
    const scripted = scriptedAgent([call("book.set-volume", { level: 7 })]);
    const agent: Agent = {
      decide: (observation) => {
        seen.push({ ...observation, history: [...observation.history] });
        return scripted.decide(observation);
      },
    };
    const commands: (readonly string[])[] = [];
    const device: Device = {
      ...fakeDevice(),
      async shell(argv) {
        commands.push(argv);
        return { stdout: "was 3\n", stderr: "", exitCode: 0 };
      },
    };
    const { outcome, id } = await play(pageTask(0), { agent, device, apis: [volume!] });
    expect(outcome).toEqual({ state: "succeeded", steps: 2 });
    expect(commands).toEqual([["settings", "put", "system", "volume", "7"]]);
    expect(seen[0]!.apis).toEqual([
      {
        name: "book.set-volume",
        description: "Set the volume",
        params: [{ name: "level", type: "number", whole: true, description: "Level", optional: false }],
      },
    ]);
    expect(seen[1]!.history).toMatchObject([{ number: 1, output: "was 3" }]);
    const [first] = await store.steps.list(id);
    expect(first).toMatchObject({ action: { type: "callApi" }, output: "was 3" });
    expect(first).not.toHaveProperty("refusal");
    expect((await store.episodes.get(id)).apis).toEqual(seen[0]!.apis);
  });

  test("that are not allowed are refused, whatever the agent thinks", async () => {
    const device = fakeDevice();
    const agent = scriptedAgent([call("book.get-volume"), call("book.set-volume", { level: "loud" })]);
    const { id } = await play(pageTask(0), { agent, device, apis: [volume!] });
    const steps = await store.steps.list(id);
    expect(steps[0]!.refusal).toEqual({
      rule: "api",
      reason: 'the app interface "book.get-volume" is not offered',
    });
    expect(steps[1]!.refusal).toMatchObject({
      rule: "api",
      reason: expect.stringContaining("level is a number"),
    });
    expect(device.calls).not.toContain("shell");
  });
});

describe("what the next screen shows", () => {
  const finding = { rule: "screen-changed", reason: "nothing moved" };

  test("is told from then on, and recorded with the step it is about", async () => {
    const histories: PastStep[][] = [];
    const scripted = scriptedAgent([fakeDecision(tapNext), fakeDecision(tapNext, { finding })]);
    const agent: Agent = {
      decide: (observation) => {
        histories.push([...observation.history]);
        return scripted.decide(observation);
      },
    };
    const { id } = await play(pageTask(2), { agent });
    expect(histories[1]![0]).not.toHaveProperty("finding");
    expect(histories[2]).toMatchObject([{ number: 1, finding }, { number: 2 }]);
    expect(histories[2]![1]).not.toHaveProperty("finding");
    const steps = await store.steps.list(id);
    expect(steps.map((step) => step.finding)).toEqual([finding, undefined, undefined]);
  });
});

describe("a budget of model calls", () => {
  const spent = (code: string, kind: "agent" | "config") =>
    new AndroidGenError("The budget is used up.", { code, class: kind });
  /** Turns as many pages as it can pay for. */
  const agentUntil = (pages: number, error: Error): Agent => {
    let left = pages;
    return {
      decide: async () => {
        if (left-- === 0) throw error;
        return fakeDecision(tapNext);
      },
    };
  };

  test("of the episode ends it like its steps: the checks are made, and nobody said that it is done", async () => {
    const agent = agentUntil(2, spent("EPISODE_BUDGET_SPENT", "agent"));
    const { outcome, id } = await play(pageTask(2), { agent });
    const cutShort = { code: "EPISODE_BUDGET_SPENT" };
    expect(outcome).toMatchObject({ state: "failed", steps: 2, cutShort });
    const episode = await store.episodes.get(id);
    expect(episode).toMatchObject({ state: "failed", steps: 2, error: cutShort });
    expect(episode.finishStatus).toBeUndefined();
    const [verdict] = await store.verdicts.list(id);
    expect(verdict).toMatchObject({ success: false, detail: { checks: [{ passed: true }] } });
  });

  test("of the run leaves the episode to be gone on with", async () => {
    const agent = agentUntil(1, spent("BUDGET_SPENT", "config"));
    const { outcome, id } = await play(pageTask(2), { agent });
    expect(outcome).toMatchObject({ state: "interrupted", steps: 1, error: { code: "BUDGET_SPENT" } });
    expect((await store.episodes.get(id)).state).toBe("interrupted");
  });
});
