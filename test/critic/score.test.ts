import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Score, scoreRun } from "../../src/critic/index.ts";
import { configError } from "../../src/errors.ts";
import { type ChatModel, type ChatRequest, LlmError } from "../../src/llm/index.ts";
import { executeRun, planRun } from "../../src/run/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { userText } from "../agent/support.ts";
import { bookPlan, bookPool } from "../support/book.ts";
import { fakeAgent, scriptedAgent } from "../support/fakes.ts";
import { anyLike } from "../support/experiences.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let store: Store;
let runId: string;

/** Pages 1 and 2 are reached; the agent stops before page 3. */
beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
  runId = (await planRun(store, bookPlan([1, 2, 3]))).id;
  const pool = bookPool(["a"]);
  await executeRun({
    store,
    runId,
    pool,
    agentFor: ({ goal }) => (goal.endsWith("3") ? scriptedAgent([]) : fakeAgent()),
  });
  await pool.close();
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

/** Answers by the text of a prompt. */
function criticThatSays(reply: (text: string) => string): ChatModel & { requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  return {
    requests,
    async complete(request) {
      requests.push(request);
      return {
        text: reply(userText(request)),
        model: "critic",
        usage: { promptTokens: 1, completionTokens: 1 },
        latencyMs: 1,
        attempts: 1,
      };
    },
  };
}

const named = (model: ChatModel) => ({ model, name: "judge" });

const met =
  '{"conditions": [{"condition": "The book is open", "step": 1}, {"condition": "Page shown", "step": 1}]}';
const unmet = met.replace(/1}\]/, "-1}]");
const idOf = async (instance: string) =>
  (await store.episodes.latest(runId)).find(({ instanceId }) => instanceId === instance)!.id;

describe("scoring a run", () => {
  test("keeps what holds, says why not, and makes the kept ones findable", async () => {
    const score: Score = await scoreRun(store, runId);
    expect(score).toEqual({
      episodes: 3,
      kept: 2,
      rejected: 1,
      unjudged: 0,
      reasons: { "check-passed.v2": 1 },
    });
    const verdict = (await store.verdicts.list(await idOf("page-3#1"))).find(
      ({ source }) => source === "rules",
    );
    expect(verdict).toMatchObject({ success: false, version: "rules.v2" });
    expect(await store.experiences.count()).toBe(2);
    const [experience] = await store.experiences.search(anyLike("Go to page 2", { limit: 1 }));
    expect(experience).toMatchObject({ episodeId: await idOf("page-2#1"), templateId: "page-2" });
    expect(experience!.text).toBe(
      [
        "Plan:",
        "1. Turn pages State: [Done]",
        "Steps:",
        'do(action="Click", element_id="1")  # [1] TextView "Next" clickable',
        'do(action="Click", element_id="1")  # [1] TextView "Next" clickable',
        'exit(message="")',
      ].join("\n"),
    );
  });

  test("can be done again", async () => {
    await scoreRun(store, runId);
    expect(await scoreRun(store, runId)).toMatchObject({ kept: 2 });
    expect(await store.experiences.count()).toBe(2);
    expect(await store.verdicts.list(await idOf("page-1#1"))).toHaveLength(2);
  });

  test("labels steps by the critic, whose calls are recorded and not paid for twice", async () => {
    const critic = criticThatSays((text) => (text.includes("Go to page 2") ? unmet : met));
    expect((await scoreRun(store, runId, { critic: named(critic) })).critic).toMatchObject({
      success: 2,
      failure: 1,
      unreadable: 0,
    });
    const id = await idOf("page-1#1");
    const verdict = (await store.verdicts.list(id)).find(({ source }) => source === "critic");
    expect(verdict).toMatchObject({
      version: "step-critic.v2",
      success: true,
      model: "critic",
      prompt: "step-critic.v2",
      detail: {
        asked: { model: "judge" },
        spent: { calls: 1, promptTokens: 1, completionTokens: 1, costUsd: 0 },
      },
      labels: [
        { condition: "The book is open", step: 1 },
        { condition: "Page shown", step: 1 },
      ],
    });
    expect((await store.calls.list(id)).filter(({ role }) => role === "critic")).toHaveLength(1);
    const [system, user] = critic.requests.find(({ messages }) =>
      userText({ role: "critic", messages }).includes("# Goal\nGo to page 1"),
    )!.messages;
    expect(system!.content).toContain("Reply with JSON alone");
    // The last screens that differ, the final one at the end.
    expect(user!.content).toMatch(
      /# Earlier screens\n## 1 before the last\n[^]*"Page 0"[^]*\n# Screen\n[^]*"Page 1"/u,
    );
    expect((await scoreRun(store, runId, { critic: named(critic) })).critic).toMatchObject({
      success: 2,
      failure: 1,
      unreadable: 0,
    });
    expect(critic.requests).toHaveLength(3);
  });

  test("asks again, saying what was wrong, and goes on without a verdict after three replies", async () => {
    const critic = criticThatSays(() => "I think it went well.");
    expect((await scoreRun(store, runId, { critic: named(critic) })).critic).toMatchObject({
      success: 0,
      failure: 0,
      unreadable: 3,
    });
    expect(critic.requests).toHaveLength(9);
    const longest = critic.requests.find(({ messages }) => messages.length === 6)!;
    expect(longest.messages.at(-1)!.content).toContain("it holds no JSON object");
  });

  test("stops asking where the critic's model fails, and keeps the rules' verdicts and what was judged", async () => {
    const refused = configError("LLM_KEY_REFUSED", "wrong key");
    const critic: ChatModel = { complete: () => Promise.reject(refused) };
    await expect(scoreRun(store, runId, { critic: named(critic) })).rejects.toBe(refused);
    expect(await store.experiences.count()).toBe(2);
    const spent = configError("BUDGET_SPENT", "the budget is spent");
    let left = 1;
    const working = criticThatSays(() => met);
    const poor: ChatModel = {
      complete: (request) => (left-- > 0 ? working.complete(request) : Promise.reject(spent)),
    };
    await expect(scoreRun(store, runId, { critic: named(poor) })).rejects.toBe(spent);
    const { critic: rest } = await scoreRun(store, runId, { critic: named(working) });
    expect(rest).toMatchObject({ success: 3, spent: { calls: 2 }, agreement: { n: 3, tp: 2, fp: 1 } });
  });

  test("goes on after a prompt that the model refuses", async () => {
    const working = criticThatSays(() => met);
    const squeamish: ChatModel = {
      async complete(request) {
        if (userText(request).includes("Go to page 2")) {
          throw new LlmError("refused", { code: "LLM_REQUEST_REFUSED", retryable: false });
        }
        return working.complete(request);
      },
    };
    const { critic } = await scoreRun(store, runId, { critic: named(squeamish) });
    expect(critic).toMatchObject({ success: 2, refused: 1, agreement: { n: 2 } });
    const down: ChatModel = {
      async complete() {
        throw new LlmError("down", { code: "LLM_UNREACHABLE", retryable: true });
      },
    };
    await expect(scoreRun(store, runId, { critic: { model: down, name: "another" } })).rejects.toMatchObject({
      code: "LLM_UNREACHABLE",
    });
  });

  test("needs a run that there is", async () => {
    await expect(scoreRun(store, "nope")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });
});
