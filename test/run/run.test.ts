import path from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Agent } from "../../src/agent/index.ts";
import { AndroidGenError, configError, infraError } from "../../src/errors.ts";
import type { DevicePool } from "../../src/farm/index.ts";
import {
  type ExecuteOptions,
  executeRun,
  planRun,
  type RunEvent,
  type RunPlan,
  summarise,
} from "../../src/run/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { bookPlan, bookPool } from "../support/book.ts";
import { fakeAgent, scriptedAgent } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { expectSound } from "../support/records.ts";

let store: Store;
let folder: string;
const pools: DevicePool[] = [];

beforeEach(async () => {
  folder = await newFolder();
  store = await openStore(path.join(folder, "test.db"));
});

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  await store.close();
  await removeFolders();
});

function poolOf(...args: Parameters<typeof bookPool>) {
  const pool = bookPool(...args);
  pools.push(pool);
  return pool;
}

async function execute(runId: string, more: Partial<ExecuteOptions> = {}) {
  const events: RunEvent[] = [];
  const result = await executeRun({
    store,
    runId,
    pool: more.pool ?? poolOf(["a", "b"]),
    agentFor: () => fakeAgent(),
    modelWaitsMs: [1],
    ...more,
    onEvent: (event) => {
      events.push(event);
      more.onEvent?.(event);
    },
  });
  return { ...result, events, types: events.map(({ type }) => type) };
}

const states = async (runId: string) => (await store.episodes.list(runId)).map(({ state }) => state);

const failing = (error: Error): Agent => ({
  decide: async () => {
    throw error;
  },
});

describe("planning", () => {
  test("draws instances and samples, every task once before any twice", async () => {
    const run = await planRun(
      store,
      bookPlan([1, 2], { instances: 2, samples: 2, settings: { model: "m" } }),
    );
    const episodes = await store.episodes.list(run.id);
    expect(episodes.map(({ instanceId, sample }) => `${instanceId}/${sample}`)).toEqual([
      "page-1#1/1",
      "page-2#1/1",
      "page-1#2/1",
      "page-2#2/1",
      "page-1#1/2",
      "page-2#1/2",
      "page-1#2/2",
      "page-2#2/2",
    ]);
    expect(new Set(episodes.map(({ seed }) => seed)).size).toBe(8);
    expect(await store.runs.get(run.id)).toMatchObject({ state: "stopped", settings: { model: "m" } });
    expect(await store.runs.instances(run.id)).toHaveLength(4);
  });

  test("gives the same seeds for the same seed", async () => {
    const seeds = async (seed: number) => {
      const run = await planRun(store, bookPlan([1, 2], { seed }));
      return (await store.episodes.list(run.id)).map((episode) => episode.seed);
    };
    expect(await seeds(3)).toEqual(await seeds(3));
    expect(await seeds(3)).not.toEqual(await seeds(4));
  });

  test("takes only the templates that were named, and names the ones there are", async () => {
    const run = await planRun(store, bookPlan([1, 2, 3], { only: ["page-3"] }));
    expect((await store.runs.instances(run.id)).map(({ id }) => id)).toEqual(["page-3#1"]);
    await expect(planRun(store, bookPlan([1], { only: ["page-9"] }))).rejects.toMatchObject({
      code: "TASK_NOT_FOUND",
      class: "config",
      message: "The suite book has no task page-9. It has: page-1.",
    });
  });
});

describe("a run", () => {
  test("carries every episode out and sums up", async () => {
    const run = await planRun(store, bookPlan([1, 2, 5], { samples: 2 }));
    const { summary, error, types } = await execute(run.id, {
      // It takes page 0 for page 5, and says that it is done.
      agentFor: ({ goal }) => (goal === "Go to page 5" ? scriptedAgent([]) : fakeAgent()),
    });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      run: run.id,
      state: "finished",
      episodes: 6,
      succeeded: 4,
      failed: 2,
      errors: 0,
      open: 0,
      stepsP50: 2.5,
      steps: 12,
      calls: 12,
      promptTokens: 120,
      completionTokens: 24,
      errorCodes: {},
    });
    expect(summary.templates[0]).toMatchObject({
      template: "page-1",
      episodes: 2,
      succeeded: 2,
      stepsP50: 2,
    });
    expect(types.filter((type) => type === "step")).toHaveLength(12);
    expect([types[0], types.at(-1)]).toEqual(["device-opened", "run-ended"]);
    expect(await summarise(store, run.id)).toEqual(summary);
  });

  test("makes an attempt again on another device when one fails", async () => {
    const run = await planRun(store, bookPlan([1, 2]));
    const pool = poolOf(["a", "b"], (device, call) => {
      if (device === "a" && call === "tap") throw infraError("DEVICE_GONE", "a vanished");
    });
    const { summary, events } = await execute(run.id, { pool });
    expect(summary).toMatchObject({
      succeeded: 2,
      errors: 0,
      errorCodes: { DEVICE_GONE: expect.any(Number) },
    });
    const done = (await store.episodes.latest(run.id)).map(({ device, state }) => `${state} on ${device}`);
    expect(done).toEqual(["succeeded on b", "succeeded on b"]);
    const retry = events.find((event) => event.type === "retry");
    expect(retry).toMatchObject({ device: "a", attempt: 1, error: { code: "DEVICE_GONE" } });
  });

  test("gives an episode up after three devices' failures, and goes on with the others", async () => {
    const run = await planRun(store, bookPlan([1, 0]));
    const pool = poolOf(
      ["a", "b"],
      (_, call) => {
        if (call === "tap") throw infraError("DEVICE_GONE", "it vanished");
      },
      { quarantineAfter: 10 },
    );
    const { summary } = await execute(run.id, { pool });
    expect(summary).toMatchObject({ state: "finished", succeeded: 1, errors: 1 });
    expect(await states(run.id)).toEqual(["error", "error", "error", "succeeded"]);
    // Whoever resumes has mended the devices.
    const { summary: resumed } = await execute(run.id);
    expect(resumed).toMatchObject({ succeeded: 2, errors: 0 });
  });

  describe("a task that cannot be set up", () => {
    const withSetup = (plan: RunPlan, id: string): RunPlan => {
      const templates = plan.suite.templates.map((template) =>
        template.id === id ? { ...template, setup: [{ clearApp: "com.example.none" }] } : template,
      );
      return { ...plan, suite: { ...plan.suite, templates } };
    };
    const refuse = infraError("TASK_SETUP", "pm clear com.example.none: Failed");

    test("is tried once more elsewhere, and no device is blamed", async () => {
      const run = await planRun(store, withSetup(bookPlan([1, 2], { samples: 3 }), "page-1"));
      const pool = poolOf(["a", "b"], (_, call) => {
        if (call === "shell") throw refuse;
      });
      const { summary, types } = await execute(run.id, { pool });
      expect(summary).toMatchObject({ state: "finished", succeeded: 3, errors: 3 });
      expect(summary.errorCodes).toEqual({ TASK_SETUP: 6 });
      expect(types.filter((type) => type.startsWith("device-"))).toEqual(["device-opened", "device-opened"]);
      const failed = (await store.episodes.list(run.id)).filter(({ state }) => state === "error");
      const devices = failed.filter(({ slot }) => slot === 1).map(({ device }) => device);
      expect(new Set(devices)).toEqual(new Set(["a", "b"]));
    });

    test("is the fault of a device that cannot where another could", async () => {
      const run = await planRun(store, withSetup(bookPlan([1], { samples: 8 }), "page-1"));
      const pool = poolOf(
        ["a", "b"],
        (device, call) => {
          if (device === "a" && call === "shell") throw refuse;
        },
        { quarantineAfter: 1, reopenDelaysMs: [60_000] },
      );
      const { summary, events } = await execute(run.id, { pool });
      expect(summary).toMatchObject({ succeeded: 8, errors: 0 });
      expect(events).toContainEqual(expect.objectContaining({ type: "device-quarantined", device: "a" }));
    });
  });

  test("keeps a device while its model thinks for longer than a lease lasts", async () => {
    const run = await planRun(store, bookPlan([1]));
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "performance", "queueMicrotask", "Date"] });
    try {
      const slow = (): Agent => ({
        async decide(observation) {
          // In fake time; the signs of life that are due meanwhile are given.
          await jest.advanceTimersByTimeAsync(10 * 60_000);
          return fakeAgent().decide(observation);
        },
      });
      const pool = poolOf(["a"], () => {}, { leaseMs: 5 * 60_000 });
      const { summary, types } = await execute(run.id, { pool, agentFor: slow });
      expect(summary).toMatchObject({ succeeded: 1, errors: 0 });
      expect(types).not.toContain("device-failed");
    } finally {
      jest.useRealTimers();
    }
  });

  test("goes on when this host's clock is set back, or on", async () => {
    const run = await planRun(store, bookPlan([2, 3], { samples: 2 }));
    const now = Date.now;
    const hour = 3_600_000;
    let jump = 0;
    const clock = jest.spyOn(Date, "now").mockImplementation(() => now() + jump);
    try {
      const pool = poolOf(["a", "b"], () => {}, { leaseMs: 60_000 });
      const onEvent = ({ type }: RunEvent): void => {
        if (type === "step") jump = jump < 0 ? 24 * hour : -hour;
      };
      const { summary, error } = await execute(run.id, { pool, onEvent });
      expect(error).toBeUndefined();
      expect(summary).toMatchObject({ state: "finished", succeeded: 4, errors: 0 });
    } finally {
      clock.mockRestore();
    }
    await expectSound(store.file);
  });

  test("records the devices, their failures and who had them", async () => {
    const run = await planRun(store, bookPlan([1]));
    let failed = false;
    const pool = poolOf(
      ["a"],
      (_, call) => {
        if (call !== "tap" || failed) return;
        failed = true;
        throw infraError("DEVICE_GONE", "a vanished");
      },
      { quarantineAfter: 1 },
    );
    await execute(run.id, { pool });
    expect((await store.devices.list()).map(({ serial, model }) => [serial, model])).toEqual([["a", "Book"]]);
    const events = await store.devices.events(run.id);
    expect(events.map(({ kind }) => kind)).toEqual(["device-opened", "device-quarantined", "device-opened"]);
    expect(events[0]!.detail).toMatch(/^Book, API 33, driven by adb, identity .+/);
    expect(events[1]).toMatchObject({ device: "a", detail: "DEVICE_GONE: a vanished" });
  });

  test("stops at once, resumable, at a mistake of the user's", async () => {
    const run = await planRun(store, bookPlan([1, 2, 3], { samples: 3 }));
    const refused = configError("LLM_KEY_REFUSED", "wrong key");
    const { summary, error, types } = await execute(run.id, { agentFor: () => failing(refused) });
    expect(error).toBe(refused);
    expect(summary).toMatchObject({ state: "stopped", open: 9, steps: 0 });
    expect(types.filter((type) => type === "run-stopping")).toHaveLength(1);
    expect((await store.runs.get(run.id)).stop).toEqual({ code: "LLM_KEY_REFUSED", message: "wrong key" });
    const { summary: resumed } = await execute(run.id);
    expect(resumed).toMatchObject({ state: "finished", succeeded: 9 });
    expect((await store.runs.get(run.id)).stop).toBeUndefined();
  });

  test("stops, resumable, where the model endpoint stays down", async () => {
    const run = await planRun(store, bookPlan([1, 2]));
    const down = new AndroidGenError("it is down", {
      code: "LLM_UNREACHABLE",
      class: "llm",
      retryable: true,
    });
    const { summary, error } = await execute(run.id, { agentFor: () => failing(down) });
    expect(error).toBe(down);
    expect(summary).toMatchObject({ state: "stopped", open: 2 });
  });

  test("ends single episodes whose request is refused, and the run after five in a row", async () => {
    const run = await planRun(store, bookPlan([1, 2, 3, 4, 5, 6, 7]));
    const tooLong = new AndroidGenError("too long", { code: "LLM_REQUEST_REFUSED", class: "llm" });
    const { summary, error } = await execute(run.id, {
      agentFor: () => failing(tooLong),
      pool: poolOf(["a"]),
    });
    expect(summary).toMatchObject({ state: "stopped", errors: 5, open: 2 });
    expect(error).toBe(tooLong);
  });

  test("stops, resumable, when no device is left", async () => {
    const run = await planRun(store, bookPlan([1, 2, 3]));
    const pool = poolOf(
      ["a"],
      () => {
        throw infraError("DEVICE_GONE", "a vanished");
      },
      { quarantineAfter: 1, reopenDelaysMs: [60_000], giveUpMs: 5 },
    );
    const { summary, error } = await execute(run.id, { pool });
    expect(error?.code).toBe("NO_DEVICE_LEFT");
    expect(summary).toMatchObject({ state: "stopped", open: 3 });
  });

  test("finishes the steps in flight when interrupted, and goes on later without repeating any episode", async () => {
    const run = await planRun(store, bookPlan([3, 4, 5], { samples: 2 }));
    const stop = new AbortController();
    let steps = 0;
    const first = await execute(run.id, {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type === "step" && ++steps === 9) stop.abort();
      },
    });
    expect(first.error).toBeUndefined();
    expect(first.summary.state).toBe("stopped");
    expect(await states(run.id)).not.toContain("running");
    const finished = (await store.episodes.list(run.id)).filter(({ state }) => state === "succeeded");
    const second = await execute(run.id);
    expect(second.events.find(({ type }) => type === "run-started")).toMatchObject({
      ended: finished.length,
    });
    expect(second.summary).toMatchObject({ state: "finished", succeeded: 6, open: 0 });
    const started = second.events.filter((event) => event.type === "episode-started");
    expect(started).toHaveLength(6 - finished.length);
  });

  test("is not carried out by two at once", async () => {
    const run = await planRun(store, bookPlan([1]));
    const lock = await store.lockRun(run.id);
    await expect(execute(run.id)).rejects.toMatchObject({ code: "RUN_BUSY", class: "config" });
    lock.release();
    expect((await execute(run.id)).summary.succeeded).toBe(1);
  });

  test("must be one that there is", async () => {
    await expect(execute("nope")).rejects.toMatchObject({ code: "RUN_NOT_FOUND", class: "config" });
  });

  test("closes the attempts of a process that died", async () => {
    const run = await planRun(store, bookPlan([1]));
    const [episode] = await store.episodes.list(run.id);
    await store.episodes.start(episode!.id, "a");
    await execute(run.id);
    expect(await states(run.id)).toEqual(["interrupted", "succeeded"]);
  });
});
