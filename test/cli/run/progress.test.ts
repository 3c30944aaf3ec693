import { expect, test } from "@jest/globals";
import {
  jsonProgress,
  plainProgress,
  type Progress,
  type ProgressTarget,
} from "../../../src/cli/run/progress.ts";
import type { RunEvent } from "../../../src/run/index.ts";

const error = { code: "LLM_SERVER_ERROR", class: "llm" as const, message: "HTTP 503\nbusy" };
const from = { endpoint: "gpu", model: "large" };
const to = { endpoint: "cloud", model: "small" };

/** What models do in a night. */
const events: RunEvent[] = [
  { type: "circuit-opened", ...from, retryInMs: 29_400, error },
  { type: "fell-back", role: "policy", from, to, error },
  { type: "held-back", endpoint: "cloud", forMs: 1500 },
  { type: "circuit-closed", ...from },
];

function written(progress: (target: ProgressTarget) => Progress): string[] {
  const told: string[] = [];
  const one = progress({ write: (text) => told.push(text) });
  for (const event of events) one.listener(event);
  one.close();
  return told;
}

test("what endpoints do is told in a line each", () => {
  expect(written(plainProgress).map((line) => line.replace(/^\d\d:\d\d:\d\d /u, ""))).toEqual([
    "large on gpu is left alone for 30 s: HTTP 503 busy [LLM_SERVER_ERROR]\n",
    "policy falls back to small on cloud, from large on gpu: HTTP 503 busy [LLM_SERVER_ERROR]\n",
    "cloud asks to be left alone for 2 s\n",
    "large on gpu answers again\n",
  ]);
});

test("it is in the JSON lines as it is", () => {
  expect(written(jsonProgress).map((line) => JSON.parse(line) as unknown)).toEqual(events);
});
