import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Agent, Decision, Observation } from "../../src/agent/index.ts";
import { AndroidGenError, infraError } from "../../src/errors.ts";
import { decide, type DecideOptions } from "../../src/episode/decide.ts";

const observation = {} as Observation;
const decision = {} as Decision;

const down = () =>
  new AndroidGenError("The model endpoint is down.", {
    code: "LLM_UNREACHABLE",
    class: "llm",
    retryable: true,
  });

/** Answers, or fails, in turn. */
function agentOf(...turns: (() => Decision)[]): Agent {
  return { decide: async () => turns.shift()!() };
}

/** Hangs until its call is ended. */
const hangingAgent: Agent = {
  decide: ({ signal }) =>
    new Promise((_, reject) => {
      signal!.addEventListener("abort", () => reject(signal!.reason as Error));
    }),
};

function options(more: { waitsMs?: number[]; stop?: AbortSignal } = {}) {
  return {
    waitsMs: [1, 1],
    stop: new AbortController().signal,
    keepAlive: jest.fn<DecideOptions["keepAlive"]>(),
    onFailure: jest.fn<DecideOptions["onFailure"]>(),
    ...more,
  };
}

function fail(error: () => Error) {
  return (): Decision => {
    throw error();
  };
}

describe("asking the agent", () => {
  test("is repeated while the endpoint fails, and each failure is told", async () => {
    const given = options();
    await expect(
      decide(
        agentOf(fail(down), fail(down), () => decision),
        observation,
        given,
      ),
    ).resolves.toBe(decision);
    expect(given.onFailure.mock.calls).toEqual([
      [expect.objectContaining({ code: "LLM_UNREACHABLE" }), 1],
      [expect.objectContaining({ code: "LLM_UNREACHABLE" }), 1],
    ]);
    expect(given.keepAlive).toHaveBeenCalledTimes(3);
  });

  test("fails with the endpoint's error once all waits are used up", async () => {
    const given = options({ waitsMs: [1] });
    await expect(decide(agentOf(fail(down), fail(down)), observation, given)).rejects.toMatchObject({
      code: "LLM_UNREACHABLE",
    });
    expect(given.onFailure).toHaveBeenCalledTimes(1);
  });

  test("is not repeated for other errors", async () => {
    const given = options();
    const error = infraError("DEVICE_GONE", "gone");
    await expect(decide(agentOf(fail(() => error)), observation, given)).rejects.toBe(error);
    expect(given.onFailure).not.toHaveBeenCalled();
  });

  test("ends its wait at once when the run stops", async () => {
    const controller = new AbortController();
    const given = options({ waitsMs: [3_600_000], stop: controller.signal });
    given.onFailure.mockImplementation(() => controller.abort(new Error("stopped")));
    await expect(decide(agentOf(fail(down)), observation, given)).resolves.toBeUndefined();
  });
});

describe("a call that hangs", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test("ends half a minute after the run was stopped", async () => {
    const controller = new AbortController();
    const asked = decide(hangingAgent, observation, options({ stop: controller.signal }));
    let ended = false;
    void asked.then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(600_000);
    controller.abort(new Error("stopped"));
    await jest.advanceTimersByTimeAsync(29_999);
    expect(ended).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await expect(asked).resolves.toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });

  test("keeps its device from being taken for abandoned", async () => {
    const controller = new AbortController();
    const given = options({ stop: controller.signal });
    const asked = decide(hangingAgent, observation, given);
    await jest.advanceTimersByTimeAsync(20 * 60_000);
    expect(given.keepAlive.mock.calls.length).toBeGreaterThanOrEqual(20);
    controller.abort(new Error("stopped"));
    await jest.advanceTimersByTimeAsync(30_000);
    await asked;
  });
});
