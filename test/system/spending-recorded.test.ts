import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createAgent, defaultAgentSpec } from "../../src/agent/index.ts";
import type { Device } from "../../src/device/index.ts";
import { infraError } from "../../src/errors.ts";
import { runEpisode } from "../../src/episode/index.ts";
import { fastClock } from "../../src/llm/clock.ts";
import { type Budget, createModelLayer, oneModel } from "../../src/llm/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { fakeDevice, pageTask } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import {
  type Answer,
  fails,
  hangs,
  inTurn,
  type ModelEndpoint,
  says,
  startEndpoint,
} from "../support/model-endpoint.ts";
import { startedEpisode } from "../support/started-episode.ts";

/**
 * However an episode ends, the calls in the store come to what the model layer says was spent: a resumed run takes its
 * budget from there.
 */

let store: Store;
let endpoint: ModelEndpoint;

beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});

afterEach(async () => {
  await endpoint.close();
  await store.close();
  await removeFolders();
});

const plan = says("1. Turn pages. State: [Todo]");
const tap = says('```\ndo(action="Click", element_id="1")\n```');
const done = says('```\nexit(message="done")\n```');
const empty = says("");
/** Leaves less of the budget than the next call may take. */
const dearPlan = says("1. Turn pages. State: [Todo]", {
  usage: { prompt_tokens: 4000, completion_tokens: 50 },
});
const budget = 6000;

interface Story {
  answers: Answer[];
  budget?: Budget;
  device?: Device;
  /** The run is stopped when the endpoint is asked for the so manieth time. */
  stopAt?: number;
  timeoutSeconds?: number;
}

async function play({ answers, budget, device = fakeDevice(), stopAt, timeoutSeconds = 5 }: Story) {
  const stop = new AbortController();
  const answer = inTurn(...answers);
  endpoint = await startEndpoint((response, body) => {
    if (endpoint.asked.length === stopAt) stop.abort();
    answer(response, body);
  });
  const config = oneModel({ baseUrl: endpoint.baseUrl, model: "m", timeoutSeconds });
  config.prices = { m: { input: 2, output: 10 } };
  const layer = createModelLayer(config, { maxAttempts: 2, clock: fastClock(100), budget: budget ?? {} });
  const instance = pageTask(1);
  const episode = await startedEpisode(store, instance);
  const agent = createAgent(defaultAgentSpec("androidgen"), { model: layer.forEpisode(episode.id) });
  try {
    const outcome = await runEpisode({
      episode,
      instance,
      device,
      agent,
      store,
      stop: stop.signal,
      modelWaitsMs: [1],
    });
    return { outcome, spent: layer.spent(), usage: await store.calls.usage(episode.runId), id: episode.id };
  } finally {
    await layer.close();
  }
}

const broken: Device = {
  ...fakeDevice(),
  async perform(action, screen) {
    if (action.type === "tap") throw infraError("DEVICE_LOST", "the book is gone");
    return fakeDevice().perform(action, screen);
  },
};

test.each<[string, Story, object]>([
  ["all went well", { answers: [plan, tap, plan, done] }, { state: "succeeded", steps: 2 }],
  [
    "an empty reply was paid for, and asked again",
    { answers: [plan, empty, tap, empty, plan, done] },
    { state: "succeeded", steps: 2 },
  ],
  [
    "a call timed out",
    { answers: [plan, hangs, tap, plan, done], timeoutSeconds: 1 },
    { state: "succeeded", steps: 2 },
  ],
  [
    "the model refused the second call of a round",
    { answers: [plan, tap, plan, fails(400, "no")] },
    { state: "error", steps: 1, error: { code: "LLM_REQUEST_REFUSED" } },
  ],
  [
    "the model stayed empty",
    { answers: [plan, empty] },
    { state: "error", steps: 0, error: { code: "LLM_EMPTY" } },
  ],
  [
    "the budget of the episode ran out after the plan",
    { answers: [dearPlan, tap], budget: { episodeTokens: budget } },
    { state: "failed", steps: 0 },
  ],
  [
    "the budget of the run ran out",
    { answers: [dearPlan, tap], budget: { tokens: budget } },
    { state: "interrupted", steps: 0, error: { code: "BUDGET_SPENT" } },
  ],
  [
    "the device failed at the action",
    { answers: [plan, tap], device: broken },
    { state: "error", steps: 0, error: { code: "DEVICE_LOST" } },
  ],
  [
    "the run was stopped while the endpoint failed",
    { answers: [plan, fails(500)], stopAt: 3 },
    { state: "interrupted", steps: 0 },
  ],
])("what was spent is recorded where %s", async (_, story, ended) => {
  const { outcome, spent, usage, id } = await play(story);
  expect(outcome).toMatchObject(ended);
  expect(usage).toEqual({ ...spent, costUsd: expect.closeTo(spent.costUsd, 9) });
  const calls = await store.calls.list(id);
  expect(calls.length).toBeGreaterThan(0);
  for (const { messages, response } of calls) {
    expect(messages.length).toBeGreaterThanOrEqual(2);
    expect(response.text === "").toBe(response.failure !== undefined);
  }
});
