import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import type { RecordedCall } from "../../src/llm/index.ts";
import { openStore } from "../../src/store/index.ts";
import { androidgen } from "../support/cli.ts";
import { fakeCall, fakeDecision, fakeScreen, pageTask, tapNext } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const times = { startedAt: 1, endedAt: 2, deviceMs: 3, modelMs: 4, ownMs: 5 };
const escape = "\u001b[31mred\u001b[0m";

let folder: string;
let db: string;
let run: string;
let episode: string;
let picture: Buffer;

/** One episode of two steps: a planner's call, one of the policy with a picture, then one that judged. */
beforeAll(async () => {
  folder = await newFolder();
  db = path.join(folder, "prompts.db");
  picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const store = await openStore(db);
  const instance = pageTask(1);
  const { id } = await store.runs.create({
    suite: { name: "book", sha256: "0" },
    seed: 1,
    samples: 1,
    settings: {},
    instances: [instance],
    episodes: [{ instanceId: instance.id, sample: 1, seed: 7 }],
  });
  run = id;
  episode = (await store.episodes.list(run))[0]!.id;
  await store.episodes.start(episode, "book-1");
  const policy: RecordedCall = {
    role: "policy",
    prompt: "policy.v1",
    messages: [
      { role: "system", content: "You turn pages." },
      {
        role: "user",
        content: [
          { type: "text", text: `The screen says ${escape}.\nAnd more.` },
          { type: "image", bytes: picture, mediaType: "image/png" },
        ],
      },
    ],
    response: {
      text: "I turn the page.",
      thinking: "Which page is this?",
      endpoint: "main",
      settings: { temperature: 0.2, seed: 7 },
      costUsd: 0.00125,
      model: "fake-large",
      usage: { promptTokens: 120, completionTokens: 8 },
      latencyMs: 31,
      attempts: 2,
    },
  };
  const planner = { ...fakeCall("1. Turn pages State: [Todo]"), role: "planner" as const };
  for (const [i, calls] of [[planner, policy], [policy]].entries()) {
    const screen = await store.screens.save(fakeScreen(i));
    const decision = fakeDecision(tapNext);
    await store.steps.record({
      episodeId: episode,
      number: i + 1,
      screen,
      decision,
      calls: await store.calls.save(calls),
      ...times,
    });
  }
  const lost = fakeCall("");
  const failure = "LLM_EMPTY: no reply";
  await store.calls.record(episode, [{ ...lost, response: { ...lost.response, failure } }]);
  await store.calls.record(episode, [{ ...fakeCall("all met"), role: "critic", prompt: "judge.v9" }]);
  await store.close();
});
afterAll(removeFolders);

const prompt = (...args: string[]) => androidgen(["prompt", ...args, "--db", db]);

describe("androidgen prompt", () => {
  test("prints every call of a step as it was recorded, thinking apart", async () => {
    const { code, stdout } = await prompt(episode, "1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^call 1 of 2: planner, prompt fake\.v1$/mu);
    expect(stdout).toContain("--- user\nWhat now? 1. Turn pages");
    expect(stdout).toContain(
      "call 2 of 2: policy, prompt policy.v1\nmodel fake-large at main, 120 + 8 tokens, $0.001250, 31 ms, 2 attempts",
    );
    expect(stdout).toContain("settings: temperature 0.2, seed 7");
    expect(stdout).toContain("--- system\nYou turn pages.");
    expect(stdout).toMatch(/\[picture [0-9a-f]{64} image\/png\]/u);
    expect(stdout).toContain("--- thinking\nWhich page is this?\n\n--- reply\nI turn the page.");
  });

  test("lets nothing of a screen move the cursor", async () => {
    const { stdout } = await prompt(episode, "1");
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("The screen says \ufffd[31mred\ufffd[0m.\nAnd more.");
  });

  test("takes one role alone, the calls that judged, and those of a round that broke off", async () => {
    expect((await prompt(episode, "1", "--role", "policy")).stdout).toContain("call 1 of 1: policy");
    expect((await prompt(episode, "2", "--role", "planner")).stdout).toBe("no planner call was made there\n");
    const judged = await prompt(episode, "judge");
    expect(judged.stdout).toContain("call 1 of 1: critic, prompt judge.v9");
    const brokenOff = await prompt(episode, "3");
    expect(brokenOff.stdout).toContain("call 1 of 1: policy, prompt fake.v1");
    expect(brokenOff.stdout).toContain("--- no reply, though it was paid for\nLLM_EMPTY: no reply");
    expect(judged.stdout).toContain("--- reply\nall met");
  });

  test("gives a line of JSON for each call, with the text as it was", async () => {
    const { stdout } = await prompt(episode, "1", "--json");
    const calls = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ episode, step: 1, role: "policy", response: { endpoint: "main" } });
    expect(JSON.stringify(calls[1])).toContain("\\u001b[31mred");
  });

  test("writes pictures out, each once, by hash", async () => {
    const out = path.join(folder, "new", "seen");
    const { code, stdout } = await prompt(episode, "1", "--pictures", out);
    expect(code).toBe(0);
    const [name, ...others] = await readdir(out);
    expect(others).toEqual([]);
    expect(stdout).toContain(`written to ${path.join(out, name!)}`);
    expect((await readFile(path.join(out, name!))).equals(picture)).toBe(true);
    const again = await prompt(episode, "1", "--pictures", out, "--json");
    expect(again.code).toBe(0);
    expect(again.stdout).toContain(JSON.stringify([path.join(out, name!)]));
  });

  test.each([
    ["an episode that is not there", () => ["none", "1"], "EPISODE_NOT_FOUND", () => run],
    ["a run", () => [run, "1"], "EPISODE_NOT_FOUND", () => `${run} is a run; its episodes: ${episode}`],
    ["a step too many", () => [episode, "9"], "STEP_NOT_FOUND", () => "there are steps 1 to 2, and judge"],
  ])("names what there is where it is given %s", async (_, args, error, told) => {
    const result = await prompt(...args());
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`[${error}]`);
    expect(result.stderr).toContain(told());
  });

  test("refuses what is no step, and a folder that cannot be", async () => {
    expect(await prompt(episode, "last")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("a number from 1 on is needed, or judge"),
    });
    expect(await prompt(episode, "1", "--pictures", path.join(db, "x"))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("OUT_NOT_WRITABLE"),
    });
  });
});
