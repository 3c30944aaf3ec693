import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { createAgent, defaultAgentSpec } from "../../../src/agent/index.ts";
import { type CassetteMode, type ChatModel, openCassette } from "../../../src/llm/index.ts";
import { executeRun, planRun } from "../../../src/run/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { bookPlan, bookPool } from "../../support/book.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { recordsOf } from "../../support/run-records.ts";

afterEach(removeFolders);

/** Turns pages until the one that the goal names, and never says the same twice. */
function bookModel(): ChatModel {
  let calls = 0;
  return {
    async complete({ role, messages }) {
      const prompt = JSON.stringify(messages);
      const wanted = /Go to (page \d+)/iu.exec(prompt)![1]!.replace("page", "Page");
      const there = new RegExp(String.raw`\[0\] TextView \\+"${wanted}\\+"`, "u").test(prompt);
      const code = there ? `exit(message="There at ${++calls}.")` : 'do(action="Click", element_id="1")';
      const plan = `1. Turn to the page. State: [${there ? "Done" : "Todo"}]`;
      return {
        text: role === "planner" ? plan : `Analysis: call ${++calls}.\nOperation:\n${code}`,
        thinking: `I think of call ${calls}.`,
        endpoint: "book",
        settings: { temperature: 0.7 },
        costUsd: calls / 1000,
        model: "book-1",
        usage: { promptTokens: prompt.length, completionTokens: calls },
        latencyMs: calls * 1.5,
        attempts: 1 + (calls % 2),
      };
    },
  };
}

const noModel: ChatModel = { complete: () => Promise.reject(new Error("the model was asked")) };

/** Carries a run out on several devices and gives its records, without ids, devices and clock times. */
async function carriedOut(tape: string, mode: CassetteMode, devices: readonly string[], model: ChatModel) {
  const store = await openStore(path.join(await newFolder(), "androidgen.db"));
  const cassette = await openCassette(tape, mode);
  const pool = bookPool(devices);
  try {
    const run = await planRun(store, bookPlan([1, 2, 3, 4, 5], { samples: 2 }));
    const { error, summary } = await executeRun({
      store,
      runId: run.id,
      pool,
      agentFor: () => createAgent(defaultAgentSpec("androidgen"), { model: cassette.wrap(model) }),
    });
    expect(error).toBeUndefined();
    const episodes = await recordsOf(store, run.id);
    return { episodes, steps: summary.steps, costUsd: summary.costUsd };
  } finally {
    await pool.close();
    await cassette.close();
    await store.close();
  }
}

test("a run that is played from its tape, on other devices and without a model, has the same records", async () => {
  const tape = path.join(await newFolder(), "tape.jsonl");
  const recorded = await carriedOut(tape, "record", ["a", "b", "c", "d"], bookModel());
  expect(recorded.episodes.every(({ state }) => state === "succeeded")).toBe(true);
  // Pages 1 to 5 twice, and a step to say that it is there.
  expect(recorded.steps).toBe(2 * (1 + 2 + 3 + 4 + 5) + 10);
  const before = await readFile(tape, "utf8");

  const played = await carriedOut(tape, "strict", ["x", "y"], noModel);
  expect(played).toEqual(recorded);
  expect(await readFile(tape, "utf8")).toBe(before);
});

test("a strict tape of another run stops the run at the first miss, and the message names the mend", async () => {
  const tape = path.join(await newFolder(), "tape.jsonl");
  const cassette = await openCassette(tape, "record");
  await cassette.wrap(bookModel()).complete({
    role: "policy",
    messages: [{ role: "user", content: "Go to page 9" }],
  });
  await cassette.close();
  const store = await openStore(path.join(await newFolder(), "androidgen.db"));
  const strict = await openCassette(tape, "strict");
  const pool = bookPool(["a"]);
  const run = await planRun(store, bookPlan([1, 2]));
  const { error } = await executeRun({
    store,
    runId: run.id,
    pool,
    agentFor: () => createAgent(defaultAgentSpec("androidgen"), { model: strict.wrap(noModel) }),
  });
  expect(error).toMatchObject({ code: "CASSETTE_MISS", class: "config" });
  expect((await store.runs.get(run.id)).state).toBe("stopped");
  await pool.close();
  await strict.close();
  await store.close();
});
