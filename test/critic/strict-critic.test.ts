import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { type Critic, type Score, scoreRun } from "../../src/critic/index.ts";
import type { StrictJudgement } from "../../src/critic/strict/strict-critic.ts";
import type { ChatModel } from "../../src/llm/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import { openStore, type Store, type StoredVerdict } from "../../src/store/index.ts";
import { element, screenOf } from "../agent/support.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type EpisodeToRecord, recordEpisodes } from "../support/recorded-episode.ts";

let store: Store;
beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});
afterEach(async () => {
  await store.close();
  await removeFolders();
});

const home = screenOf([element(0, { text: "Settings", clickable: true })], {
  package: "com.android.launcher",
});
const wifi = (checked: boolean): Screen =>
  screenOf([
    element(0, { text: "Internet" }),
    element(1, { className: "android.widget.Switch", text: "Wi-Fi", checkable: true, checked }),
  ]);
const tapSwitch: Action = { type: "tap", target: { kind: "element", index: 1 } };
const claim = "I have turned Wi-Fi off with full success.";
const finish: Action = { type: "finish", status: "complete", message: claim };

/** Wi-Fi is turned off, or left on and only said to be off. */
function episode(reached: boolean, more: Partial<EpisodeToRecord> = {}): EpisodeToRecord {
  return {
    instance: { goal: "Turn off Wi-Fi." },
    steps: [
      { screen: home, action: { type: "openApp", app: "Settings" }, response: `Analysis: ${claim}` },
      { screen: wifi(true), action: reached ? tapSwitch : { type: "quote", content: claim } },
      { screen: wifi(!reached), action: finish, response: claim },
    ],
    finalScreen: wifi(!reached),
    answer: claim,
    passed: reached,
    ...more,
  };
}

type Kind = "vote" | "milestone" | "summary" | "plain";

interface FakeCritic extends ChatModel {
  asked: { kind: Kind; text: string }[];
  count(kind: Kind): number;
}

/** Answers each kind of prompt by a function of its text; the number counts prompts of its kind from 1. */
function critic(answers: Partial<Record<Kind, (text: string, number: number) => string>>): FakeCritic {
  const asked: FakeCritic["asked"] = [];
  const count = (kind: Kind) => asked.filter((one) => one.kind === kind).length;
  return {
    asked,
    count,
    async complete({ messages }) {
      const text = messages.find(({ role }) => role === "user")!.content as string;
      const kind = kindOf(text);
      asked.push({ kind, text });
      const reply = answers[kind]?.(text, count(kind));
      if (reply === undefined) throw new Error(`nobody thought of a ${kind}`);
      const usage = { promptTokens: 10, completionTokens: 2 };
      return { text: reply, model: "judge-1", usage, costUsd: 0.5, latencyMs: 0, attempts: 1 };
    },
  };
}

function kindOf(text: string): Kind {
  if (text.includes("\n# Condition\n")) return "milestone";
  if (text.includes("\n# Summarise\n")) return "summary";
  return text.includes("\n# History\n") ? "plain" : "vote";
}

const opened = {
  condition: "The Settings app is open",
  step: 1,
  shows: ["App in front: com.android.settings"],
};
const off = { condition: "Wi-Fi is off", step: 2, shows: ['Switch "Wi-Fi" checked=off'] };
const vote = (...conditions: unknown[]) => JSON.stringify({ conditions });

const strictly = (model: ChatModel, strict: Critic["strict"] = {}): { critic: Critic } => ({
  critic: { model, name: "judge", strict },
});

async function score(
  model: ChatModel,
  episodes: readonly EpisodeToRecord[],
  strict: Critic["strict"] = {},
): Promise<{ run: string; score: Score; verdict: StoredVerdict & { detail: Partial<StrictJudgement> } }> {
  const run = await recordEpisodes(store, episodes);
  const result = await scoreRun(store, run, strictly(model, strict));
  const [first] = await store.episodes.list(run);
  const verdict = (await store.verdicts.list(first!.id)).find(({ source }) => source === "critic");
  return { run, score: result, verdict: verdict! };
}

describe("the strict critic", () => {
  test("takes votes that agree, each with the evidence in another order", async () => {
    const model = critic({ vote: () => vote(opened, off) });
    const { verdict, score: result } = await score(model, [episode(true)], { votes: 4 });
    expect(verdict).toMatchObject({
      success: true,
      version: "strict-critic.v1",
      model: "judge-1",
      prompt: "strict-vote.v1",
      labels: [
        { condition: "The Settings app is open", step: 1 },
        { condition: "Wi-Fi is off", step: 2 },
      ],
      detail: { votesAsked: 4, asked: { model: "judge", votes: 4 }, prompts: ["strict-vote.v1"] },
    });
    expect(verdict.detail.votes!.map(({ order }) => order)).toEqual([
      "as it happened",
      "backwards",
      "shuffled",
      "shuffled",
    ]);
    const orders = model.asked.map(({ text }) => text.match(/^## (?:Round \d|After)/gmu)!.join());
    expect(orders[0]).toBe("## Round 1,## Round 2,## Round 3,## After");
    expect(orders[1]).toBe("## After,## Round 3,## Round 2,## Round 1");
    for (const order of orders) expect(order.split(",").toSorted()).toEqual(orders[0]!.split(",").toSorted());
    // Words on the screens settled it: only the votes were paid for.
    expect(result.critic!.spent).toEqual({ calls: 4, promptTokens: 40, completionTokens: 8, costUsd: 2 });
  });

  test("is shown what an action was aimed at by its number, also where other numbers are missing", async () => {
    const gaps = (on: boolean): Screen =>
      screenOf([element(4, { text: "Internet" }), { ...wifi(on).elements[1]!, index: 9 }]);
    const tap: Action = { type: "tap", target: { kind: "element", index: 9 } };
    const model = critic({ vote: () => vote(opened, { ...off, step: -1 }) });
    await score(model, [
      episode(true, {
        steps: [
          { screen: gaps(true), action: tap },
          { screen: gaps(false), action: finish },
        ],
      }),
    ]);
    expect(model.asked[0]!.text).toContain('do(action="Click", element_id="9")  # [9] Switch "Wi-Fi"');
  });

  test("pays for attempts in vain as well, and records them", async () => {
    const usage = { promptTokens: 7, completionTokens: 0 };
    const failed = { text: "", failure: "LLM_TIMEOUT: late", model: "m", usage, latencyMs: 1, attempts: 1 };
    const gone = new Error("gone");
    const model: ChatModel = {
      async complete({ onLoss }) {
        onLoss?.(failed);
        throw gone;
      },
    };
    const run = await recordEpisodes(store, [episode(true)]);
    await expect(scoreRun(store, run, strictly(model))).rejects.toBe(gone);
    const [first] = await store.episodes.list(run);
    const judging = (await store.calls.list(first!.id)).filter(({ role }) => role === "critic");
    expect(judging.map(({ response }) => response)).toEqual([failed]);
    expect(await store.calls.usage(run)).toMatchObject({ promptTokens: 7 });
  });

  test("does not see what the agent says, so that one who believes it has nothing to believe", async () => {
    const believer = (text: string) =>
      text.includes("full success") ? vote(opened, { ...off, step: 3 }) : vote(opened, { ...off, step: -1 });
    const model = critic({ vote: believer, plain: believer });
    const run = await recordEpisodes(store, [episode(false)]);
    const plain = await scoreRun(store, run, { critic: { model, name: "judge" } });
    expect(plain.critic).toMatchObject({ success: 1, agreement: { fp: 1 } });
    const strict = await scoreRun(store, run, strictly(model));
    expect(strict.critic).toMatchObject({ success: 0, failure: 1, agreement: { fp: 0, tn: 1 } });
  });

  test("does not believe one who says yes to everything", async () => {
    const yes = critic({
      vote: () => vote(opened, { condition: "Wi-Fi is off", step: 3 }),
      milestone: () => '{"met": true, "shows": []}',
    });
    const { verdict } = await score(yes, [episode(false)]);
    expect(verdict).toMatchObject({
      success: false,
      detail: {
        votesAsked: 1,
        reason: "not shown after round 3: Wi-Fi is off (nothing on the screen was named that shows it)",
      },
    });
    const inventive = critic({
      vote: () => vote(opened, off),
      milestone: () => JSON.stringify({ met: true, shows: off.shows }),
    });
    const invented = await score(inventive, [episode(false)]);
    expect(invented.verdict.detail.reason).toContain("the screen does not show");
  });

  test("asks about a milestone where words do not settle it, and but once", async () => {
    const model = critic({
      vote: () => vote(opened, { condition: "The radio is silent", step: 2 }),
      milestone: () => JSON.stringify({ met: true, shows: off.shows, gone: ["Wi-Fi checked=on"] }),
    });
    const { verdict } = await score(model, [episode(true)]);
    expect(verdict.success).toBe(true);
    expect([model.count("vote"), model.count("milestone")]).toEqual([3, 1]);
    const asked = model.asked.find(({ kind }) => kind === "milestone")!.text;
    expect(asked).toContain("The radio is silent");
    expect(asked).toMatch(
      /# Screen before[^]*checked=on[^]*# Round\nAction:[^]*# Screen after[^]*checked=off/u,
    );
    expect(verdict.detail.votes![0]!.conditions.map(({ milestone }) => milestone)).toEqual([
      { verified: true, by: "words" },
      { verified: true, by: "model" },
    ]);
  });

  test("fails where a milestone is denied, and keeps the labels before it", async () => {
    const model = critic({
      vote: () => vote(opened, { condition: "The page is shown", step: 1 }, off),
      milestone: () => '{"met": false}',
    });
    const { verdict } = await score(model, [episode(true)]);
    expect(verdict).toMatchObject({
      success: false,
      detail: {
        votesAsked: 1,
        reason: expect.stringContaining("not shown after round 1: The page is shown"),
      },
      labels: [{ step: 1 }, { step: -1 }, { step: -1 }],
    });
  });

  test("fails where the order changes the verdict", async () => {
    const model = critic({ vote: (_, number) => vote(opened, number === 2 ? { ...off, step: -1 } : off) });
    const { verdict } = await score(model, [episode(true)], { votes: 5 });
    expect(verdict).toMatchObject({
      success: false,
      detail: { votesAsked: 2, reason: "the order changed the verdict" },
      labels: [{ step: 1 }, { step: -1 }],
    });
    expect(model.count("vote")).toBe(2);
  });

  test("stops at the first vote against, and says how many were asked", async () => {
    const model = critic({ vote: () => vote(opened, { ...off, step: -1 }) });
    const { verdict } = await score(model, [episode(false)], { votes: 9 });
    expect(verdict.detail).toMatchObject({ votesAsked: 1, reason: "not met: Wi-Fi is off" });
    expect(verdict.labels).toEqual([
      { condition: "The Settings app is open", step: 1 },
      { condition: "Wi-Fi is off", step: -1 },
    ]);
    expect(model.asked).toHaveLength(1);
  });

  test("asks again for what cannot be read, then leaves the episode without a verdict", async () => {
    const once = critic({ vote: (_, number) => (number === 1 ? "Well done!" : vote(opened, off)) });
    expect((await score(once, [episode(true)])).score.critic).toMatchObject({
      success: 1,
      spent: { calls: 4 },
    });
    const never = critic({ vote: () => "Well done!" });
    const { verdict, score: result } = await score(never, [episode(true)]);
    expect(verdict).toBeUndefined();
    expect(result.critic).toMatchObject({ unreadable: 1, success: 0, spent: { calls: 3 } });
    const half = critic({
      vote: () => vote(opened, { condition: "The radio is silent", step: 2 }),
      milestone: () => "Yes.",
    });
    expect((await score(half, [episode(true)])).score.critic).toMatchObject({ unreadable: 1 });
  });

  test("summarises long evidence first, in chunks within the bound, and keeps the end as it is", async () => {
    const page = (i: number) => screenOf([element(0, { text: `Part ${i} ${"of a long list ".repeat(12)}` })]);
    const long = Array.from({ length: 40 }, (_, i) => ({
      screen: page(i),
      action: { type: "scroll", direction: "down" } as const,
    }));
    const summary = (text: string) => {
      const [first, last = first] = text
        .match(/# Summarise\n.*/u)![0]
        .match(/\d+/gu)!
        .map(Number);
      return Array.from({ length: last! - first! + 1 }, (_, i) => `Round ${first! + i}: a part.`).join("\n");
    };
    const { steps, finalScreen } = episode(true);
    const model = critic({
      summary: (text, number) => (number === 1 ? "It went well." : summary(text)),
      vote: () => vote({ ...off, step: 42 }),
    });
    const { verdict } = await score(model, [{ ...episode(true), steps: [...long, ...steps], finalScreen }], {
      evidenceTokens: 2000,
    });
    expect(verdict.success).toBe(true);
    expect(verdict.detail.summarised).toBeGreaterThan(20);
    expect(verdict.detail["prompts" as never]).toEqual(["evidence-summary.v1", "strict-vote.v1"]);
    expect(model.count("summary")).toBeGreaterThan(2);
    const asked = model.asked.find(({ kind }) => kind === "vote")!.text;
    expect(asked).toMatch(/## Round 1\nSummary [^]*<note>\na part\.\n<\/note>/u);
    expect(asked).toMatch(/## Round 43\nScreen before it:/u);
    // Every call is recorded, those that could not be read included.
    const [first] = await store.episodes.list((await store.runs.list())[0]!.id);
    expect(await store.calls.list(first!.id)).toHaveLength(model.asked.length);
  });

  test("judges an answer by the screens, and shows it only where the goal asks for one", async () => {
    const goal = "Is Wi-Fi on or off?";
    const told: Partial<EpisodeToRecord> = { instance: { goal }, answer: "It is off" };
    const model = critic({
      vote: () =>
        vote(off, { condition: "The person was told that it is off", step: 3, shows: ["It is off"] }),
    });
    expect((await score(model, [episode(true, told)])).verdict.success).toBe(true);
    expect(model.asked[0]!.text).toContain("# Answer\n<answer>\nIt is off\n</answer>");
    const silent = critic({ vote: () => vote(opened, off) });
    await score(silent, [episode(true)]);
    expect(silent.asked[0]!.text).not.toContain("# Answer");
  });

  test("does not pay twice for the same, but for another model, more votes, or what was not finished", async () => {
    const model = critic({ vote: () => vote(opened, off), plain: () => vote(opened, off) });
    const run = await recordEpisodes(store, [episode(true)]);
    const calls = async (options: { critic: Critic }) =>
      (await scoreRun(store, run, options)).critic!.spent.calls;
    expect(await calls(strictly(model))).toBe(3);
    expect(await calls(strictly(model))).toBe(0);
    expect(await calls(strictly(model, { votes: 2 }))).toBe(2);
    expect(await calls({ critic: { model, name: "another", strict: { votes: 2 } } })).toBe(2);
    expect(await calls({ critic: { model, name: "judge" } })).toBe(1);
    expect(await calls({ critic: { model, name: "judge" } })).toBe(0);
    const [first] = await store.episodes.list(run);
    const versions = (await store.verdicts.list(first!.id)).flatMap(({ source, version }) =>
      source === "critic" ? [version] : [],
    );
    expect(versions.toSorted()).toEqual(["step-critic.v2", "strict-critic.v1"]);
  });

  test("decides what is kept where nobody checked", async () => {
    const model = critic({ vote: () => vote(opened, off) });
    const unchecked = [episode(true, { passed: null })];
    const { run, score: kept } = await score(model, unchecked);
    expect(kept).toMatchObject({ kept: 1, critic: { agreement: { n: 0, precision: null } } });
    expect(await scoreRun(store, run)).toMatchObject({ kept: 1 });
    const alone = await scoreRun(store, await recordEpisodes(store, unchecked));
    expect(alone.reasons).toEqual({ "check-passed.v2": 1 });
  });
});
