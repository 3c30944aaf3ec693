import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { scoreRun } from "../../src/critic/index.ts";
import { exportDataset, type ExportOptions } from "../../src/dataset/index.ts";
import type { ChatModel } from "../../src/llm/index.ts";
import { executeRun, planRun } from "../../src/run/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { bookPlan, bookPool } from "../support/book.ts";
import { fakeAgent, fakeDecision, scriptedAgent, tapNext } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let store: Store;
let runId: string;
let folder: string;

/**
 * Two samples of three tasks. Pages 1 and 2 are reached the same way both times; on the way to page 3 the agent
 * is refused once, and stops too early.
 */
beforeEach(async () => {
  folder = await newFolder();
  store = await openStore(path.join(folder, "test.db"));
  runId = (await planRun(store, bookPlan([1, 2, 3], { samples: 2 }))).id;
  const pool = bookPool(["a"]);
  const refused = fakeDecision(undefined, { refusal: { rule: "grammar", reason: "no code" } });
  await executeRun({
    store,
    runId,
    pool,
    agentFor: ({ goal }) =>
      goal.endsWith("3")
        ? scriptedAgent([refused, fakeDecision(tapNext), fakeDecision(tapNext)])
        : fakeAgent(),
  });
  await pool.close();
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

const options = (more: Partial<ExportOptions> = {}): ExportOptions => ({
  runIds: [runId],
  out: path.join(folder, "dataset"),
  formats: ["llamafactory", "openai"],
  images: false,
  valShare: 0,
  seed: 1,
  ...more,
});

async function rows(name: string): Promise<{ messages: { role: string; content: string }[] }[]> {
  return JSON.parse(await readFile(path.join(folder, "dataset", name), "utf8"));
}

const replying = (text: string): ChatModel => ({
  complete: async () => ({
    text,
    model: "critic",
    usage: { promptTokens: 1, completionTokens: 1 },
    latencyMs: 1,
    attempts: 1,
  }),
});

/** Says of every trajectory that the book was open after the second round, and nothing after it. */
const halfWay = replying(
  '{"conditions": [{"condition": "The book is open", "step": 2}, {"condition": "Page shown", "step": -1}]}',
);

describe("export", () => {
  test("a run must be scored first, and something must be kept", async () => {
    await expect(exportDataset(store, options())).rejects.toMatchObject({
      code: "RUN_NOT_SCORED",
      message: expect.stringContaining(`androidgen score --run ${runId}`),
    });
    await expect(exportDataset(store, options({ runIds: ["none"] }))).rejects.toMatchObject({
      code: "RUN_NOT_FOUND",
    });
    const empty = await planRun(store, bookPlan([1]));
    await expect(exportDataset(store, options({ runIds: [empty.id] }))).rejects.toMatchObject({
      code: "RUN_EMPTY",
    });
    expect(await readdir(folder)).not.toContain("dataset");
  });

  test("the kept trajectories become samples, each once", async () => {
    await scoreRun(store, runId);
    const manifest = await exportDataset(store, options());
    expect(manifest).toMatchObject({
      episodes: { finished: 6, kept: 4 },
      trajectories: 2,
      duplicates: { trajectories: 2 },
      split: { heldOut: [] },
      apps: ["Book"],
    });
    const train = await rows("train.json");
    expect(train).toHaveLength(manifest.samples);
    for (const { messages } of train)
      expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant"]);
    const execution = train.filter(({ messages }) => messages[2]!.content.startsWith("{"));
    // Page 1 takes a tap and an end, page 2 one tap more.
    expect(execution).toHaveLength(5);
    expect(execution[0]!.messages[1]!.content).toMatch(/Go to page 1[^]*Book[^]*Page 0/);
    expect(manifest.counts["planning"]!.train).toBe(train.length - 5);
    const openai = await readFile(path.join(folder, "dataset/openai.train.jsonl"), "utf8");
    expect(openai.trimEnd().split("\n")).toHaveLength(train.length);
  });

  test("the manifest and the card tell the same, and hold no path of this host", async () => {
    await scoreRun(store, runId);
    const manifest = await exportDataset(store, options());
    const written = await readFile(path.join(folder, "dataset/manifest.json"), "utf8");
    expect(JSON.parse(written)).toEqual(manifest);
    const card = await readFile(path.join(folder, "dataset/README.md"), "utf8");
    expect(card).toContain(runId);
    // Who answered, not who was named when the run was started.
    expect(manifest.runs[0]!.models).toEqual({ policy: ["fake"] });
    expect(card).toContain("Generator: policy fake");
    expect(written + card).not.toContain(folder);
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(
      (await readdir(path.join(folder, "dataset"))).filter((name) => !/README|manifest/.test(name)).sort(),
    );
  });

  test("a failed trajectory gives the part that StepCritic found reached, without what was refused", async () => {
    await scoreRun(store, runId, { critic: { model: halfWay, name: "critic" } });
    const manifest = await exportDataset(store, options());
    const parts = (await rows("train.json")).filter(({ messages }) =>
      messages[1]!.content.includes("The book is open."),
    );
    expect(parts).toHaveLength(manifest.counts["sub-goal"]!.train);
    // Of the first two rounds towards page 3 the first was refused: one is taught, the other is its history.
    const recovered = parts.filter(({ messages }) => messages[1]!.content.includes("no code"));
    expect(recovered).toHaveLength(1);
    expect(recovered[0]!.messages[2]!.content).toBe(JSON.stringify(tapNext));
    expect(recovered[0]!.messages[1]!.content).not.toContain("Go to page 3");
  });

  test("the end of the whole goal is not taught as the end of a part", async () => {
    const atTheEnd = replying(
      '{"conditions": [{"condition": "The page is shown", "step": 4}, {"condition": "All done", "step": -1}]}',
    );
    const only3 = await planRun(store, bookPlan([3]));
    const pool = bookPool(["b"]);
    const giveUp: Action = { type: "finish", status: "infeasible", message: "no such page" };
    const decisions = [tapNext, tapNext, tapNext, giveUp].map((action) => fakeDecision(action));
    await executeRun({ store, runId: only3.id, pool, agentFor: () => scriptedAgent(decisions) });
    await pool.close();
    await scoreRun(store, only3.id, { critic: { model: atTheEnd, name: "critic" } });
    const manifest = await exportDataset(store, options({ runIds: [only3.id] }));
    expect(manifest.counts).toEqual({ "sub-goal": { train: 3, val: 0 } });
    for (const { messages } of await rows("train.json")) {
      expect(messages[2]!.content).toBe(JSON.stringify(tapNext));
    }
  });

  test("a part reached by nothing that can be taught is no dataset", async () => {
    const only3 = await planRun(store, bookPlan([3]));
    const pool = bookPool(["b"]);
    await executeRun({ store, runId: only3.id, pool, agentFor: () => scriptedAgent([]) });
    await pool.close();
    const atOnce = replying(
      '{"conditions": [{"condition": "Open", "step": 1}, {"condition": "Done", "step": -1}]}',
    );
    await scoreRun(store, only3.id, { critic: { model: atOnce, name: "critic" } });
    await expect(exportDataset(store, options({ runIds: [only3.id] }))).rejects.toMatchObject({
      code: "DATASET_EMPTY",
    });
    expect(await readdir(folder)).not.toContain("dataset");
  });

  test("the split goes by template", async () => {
    await scoreRun(store, runId);
    const manifest = await exportDataset(store, options({ valShare: 0.5 }));
    expect(manifest.split.heldOut).toHaveLength(1);
    const page = manifest.split.heldOut[0]!.replace("page-", "Go to page ");
    const goals = async (name: string) =>
      new Set((await rows(name)).map((row) => row.messages[1]!.content.includes(page)));
    expect(await goals("val.json")).toEqual(new Set([true]));
    expect(await goals("train.json")).toEqual(new Set([false]));
  });

  test("a folder that holds something is never touched, and a failure leaves nothing behind", async () => {
    await scoreRun(store, runId);
    const out = path.join(folder, "dataset");
    await mkdir(out);
    await writeFile(path.join(out, "mine.txt"), "keep");
    await expect(exportDataset(store, options())).rejects.toMatchObject({ code: "DATASET_EXISTS" });
    expect(await readdir(out)).toEqual(["mine.txt"]);

    const stop = AbortSignal.abort(new Error("stopped"));
    await expect(exportDataset(store, options({ out: `${out}2`, signal: stop }))).rejects.toThrow("stopped");
    expect((await readdir(folder)).filter((name) => name.startsWith("dataset2"))).toEqual([]);
  });
});
