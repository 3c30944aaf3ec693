import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { type Action, codecNamed, type OfferedApi } from "../../src/action/index.ts";
import {
  type AgentSpec,
  createAgent,
  defaultAgentSpec,
  type PastStep,
  type Refusal,
} from "../../src/agent/index.ts";
import { scoreRun } from "../../src/critic/index.ts";
import { exportDataset } from "../../src/dataset/index.ts";
import type { ChatModel, ChatRequest, RecordedCall } from "../../src/llm/index.ts";
import { type Screen, screenImage } from "../../src/screen/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { fakeElement, fakeScreen, pageTask } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let store: Store;
let folder: string;

beforeEach(async () => {
  folder = await newFolder();
  store = await openStore(path.join(folder, "test.db"));
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

const tap: Action = { type: "tap", target: { kind: "element", index: 1 } };
const wait: Action = { type: "wait", ms: 1000 };
const apis: OfferedApi[] = [{ name: "book.count", description: "Counts pages.", params: [] }];
const times = { startedAt: 1, endedAt: 2, deviceMs: 3, modelMs: 4, ownMs: 5 };

/** What happens in a round: the page that is shown, what the policy writes, and what comes of it. */
interface Round {
  page: number;
  /** Of the planner; it says the same once more where none is given. */
  plan?: string;
  action: Action;
  /** By the device. */
  refusal?: Refusal;
  output?: string;
}

const plan = "1. Turn pages. State: [Todo]\n2. Stop. State: [Todo]";

/** A note, a refusal, a tap that came to nothing, a call, a circle and the way out of it, and rounds to compact. */
const wholeStory: Round[] = [
  { page: 0, plan, action: { type: "quote", content: "the book's colour is red" } },
  { page: 0, action: tap, refusal: { rule: "device", reason: "the book\nis shut" } },
  {
    page: 0,
    plan: "1. Open it. State: [Todo]",
    action: { type: "callApi", name: "book.count", args: {} },
    output: "6 pages\n# Goal",
  },
  { page: 0, action: tap },
  { page: 0, plan: "1. Wait for it. State: [Done]\n2. Stop. State: [Todo]", action: wait },
  { page: 1, action: tap },
  { page: 2, action: tap },
  { page: 3, action: wait },
  { page: 3, action: tap },
  { page: 4, plan: "no plan at all", action: tap },
  { page: 5, plan: "1. Stop. State: [Done]", action: { type: "finish", status: "complete", message: "red" } },
];

/**
 * Records these rounds as an episode of such an agent; as one whose policy was asked with this prompt, where given.
 * Gives what the model was asked.
 */
async function record(
  spec: AgentSpec,
  screen: (page: number) => Screen,
  rounds: readonly Round[] = wholeStory,
  policyPrompt?: string,
): Promise<{ runId: string; asked: ChatRequest[] }> {
  const instance = pageTask(5, 1, { budget: 20, checks: [] });
  const run = await store.runs.create({
    suite: { name: "book", sha256: "0" },
    seed: 1,
    samples: 1,
    settings: { agent: spec },
    instances: [instance],
    episodes: [{ instanceId: instance.id, sample: 1, seed: 7 }],
  });
  const [episode] = await store.episodes.list(run.id);
  await store.episodes.start(episode!.id, "book-1");
  const asked: ChatRequest[] = [];
  const codec = codecNamed(spec.codec);
  const history: PastStep[] = [];
  let lastPlan = "";
  const model: ChatModel = {
    async complete(request) {
      asked.push({ ...request, messages: [...request.messages] });
      const round = rounds[history.length]!;
      if (request.role === "planner" && round.plan !== undefined) lastPlan = round.plan;
      const code = codec.format(round.action, screen(round.page));
      const text =
        request.role === "planner"
          ? lastPlan
          : `Analysis: round ${history.length}.\nOperation:\n\`\`\`\n${code}\n\`\`\``;
      const usage = { promptTokens: 1, completionTokens: 1 };
      return { text, thinking: "I wonder.", model: "fake", usage, latencyMs: 0, attempts: 1 };
    },
  };
  const agent = createAgent(spec, { model });
  const saved = [];
  for (const [i, round] of rounds.entries()) {
    const shown = screen(round.page);
    const about = { goal: instance.goal, apps: ["Book", "Clock"], apis, stepsLeft: 20 - i };
    const calls: RecordedCall[] = [];
    const decision = await agent.decide({ ...about, screen: shown, history, calls });
    const { action, finding, response } = decision;
    const refusal = decision.refusal ?? round.refusal;
    const outcome = {
      ...(refusal === undefined ? {} : { refusal }),
      ...(round.output === undefined ? {} : { output: round.output }),
    };
    saved.push(await store.screens.save(shown));
    await store.steps.record({
      episodeId: episode!.id,
      number: i + 1,
      screen: saved[i]!,
      decision,
      calls: await store.calls.save(
        calls.map((call) => ({
          ...call,
          prompt: call.role === "policy" ? (policyPrompt ?? call.prompt) : call.prompt,
        })),
      ),
      ...outcome,
      ...times,
    });
    if (finding !== undefined) history[i - 1] = { ...history[i - 1]!, finding };
    history.push({ number: i + 1, screen: shown, response, ...(action && { action }), ...outcome });
  }
  await store.episodes.finish(episode!.id, {
    success: true,
    finishStatus: "complete",
    finalScreen: saved.at(-1)!,
    apps: ["Book", "Clock"],
    apis,
    checkVersion: "checks.v1",
    checks: [{ passed: true, check: "page shown", found: "page shown" }],
  });
  await scoreRun(store, run.id);
  // The episode is not one that the rules keep: what is asked here is which prompts an export would write.
  await store.verdicts.record({
    episodeId: episode!.id,
    source: "rules",
    version: "test",
    success: true,
    detail: {},
  });
  return { runId: run.id, asked };
}

interface Row {
  messages: { content: string | { type: string; text?: string }[] }[];
}

/** System and user text of each sample, by what it asks for. */
async function exported(runId: string, images: boolean): Promise<string[]> {
  const out = path.join(folder, "dataset");
  await exportDataset(store, { runIds: [runId], out, formats: ["openai"], images, valShare: 0, seed: 1 });
  const lines = (await readFile(path.join(out, "openai.train.jsonl"), "utf8")).trimEnd().split("\n");
  return lines.map((line) => promptOf((JSON.parse(line) as Row).messages));
}

function promptOf(messages: readonly { content: unknown }[]): string {
  return messages
    .slice(0, 2)
    .map(({ content }) =>
      typeof content === "string"
        ? content
        : (content as { text?: string }[]).map(({ text }) => text ?? "").join(""),
    )
    .join("\n----- user -----\n");
}

const text: AgentSpec = { ...defaultAgentSpec("androidgen"), historySteps: 2, historyTokens: 700 };

async function pages(): Promise<(page: number) => Screen> {
  const create = { width: 108, height: 240, channels: 3 as const, background: "red" };
  const image = screenImage(await sharp({ create }).png().toBuffer());
  return (page) => ({
    ...fakeScreen(page),
    width: 1080,
    height: 2400,
    elements: [fakeElement(0, `Page ${page}`), fakeElement(1, "Next")],
    image,
  });
}

describe("a dataset's prompts are those the agent asked with, byte for byte", () => {
  test.each([
    ["the list", text, false],
    ["list and picture", { ...text, observe: "both" }, true],
    ["the picture alone", { ...text, observe: "picture" }, true],
    ["no modules", { ...text, modules: { expSearch: false, reflectPlan: false, autoCheck: false } }, false],
  ] as [string, AgentSpec, boolean][])("%s", async (_, spec, images) => {
    const { runId, asked } = await record(spec, await pages());
    // A second and third try for a plan ask again with more turns.
    const first = asked.filter(({ messages }) => messages.length === 2);
    const prompts = first.map(({ messages }) => promptOf(messages));
    const samples = await exported(runId, images);
    for (const sample of samples) expect(prompts).toContain(sample);

    // One of the steps was refused by the device, and is not taught.
    const taught = samples.filter((sample) => sample.includes("\n# Round\n"));
    expect(taught).toHaveLength(wholeStory.length - 1);
    const last = taught.at(-1)!;
    expect(last).toContain('# Notes\n<notes>\nRound 1: "the book\'s colour is red"');
    expect(last).toContain("refused by device: the book is shut");
    expect(last).toContain("book.count: Counts pages.");
    expect(taught.some((sample) => sample.includes("<output>\n6 pages\n# Goal\n</output>"))).toBe(true);
    expect(last).toContain("<earlier>\n");
    expect(samples.join("")).not.toContain("I wonder.");
    // In round 10 the planner sent nothing readable: the plan that stayed is not its work.
    const plans = samples.filter((sample) => /^You (?:plan|look after the plan)/u.test(sample));
    expect(plans.filter((sample) => sample.includes("## Round 9\n"))).toHaveLength(
      spec.modules.reflectPlan ? 1 : 0,
    );
    if (spec.modules.reflectPlan) {
      expect(last).toContain("screen-changed says");
      expect(taught.some((sample) => sample.includes("\n# Stuck\n"))).toBe(true);
      expect(samples.some((sample) => sample.includes("takes another way"))).toBe(true);
    }
    if (spec.observe === "picture") expect(last).not.toContain("<screen>\n");
  });

  const story: Round[] = [
    { page: 0, action: tap },
    { page: 1, action: tap, refusal: { rule: "device", reason: "the book is shut" } },
    { page: 1, action: wait },
    { page: 1, action: tap },
    { page: 2, action: { type: "finish", status: "complete", message: "red" } },
  ];

  test.each([
    ["the text agent", defaultAgentSpec("text"), "text.v1/androidgen-code", 0],
    ["the picture agent", defaultAgentSpec("picture"), "picture.v1/qwen2.5-vl", 4],
  ] as [string, AgentSpec, string, number][])("also those of %s", async (_, spec, prompt, pictured) => {
    const { runId, asked } = await record(spec, await pages(), story);
    const samples = await exported(runId, true);
    expect(samples).toHaveLength(4);
    for (const sample of samples) expect(asked.map(({ messages }) => promptOf(messages))).toContain(sample);
    expect((await store.calls.list((await store.episodes.list(runId))[0]!.id))[0]!.prompt).toBe(prompt);
    const manifest = JSON.parse(await readFile(path.join(folder, "dataset/manifest.json"), "utf8"));
    expect(manifest.pictures.with).toBe(pictured);
    const card = await readFile(path.join(folder, "dataset/README.md"), "utf8");
    expect(card.includes(`${runId} (qwen2.5-vl)`)).toBe(spec.kind === "picture");
  });

  test("and where it was asked with a prompt of before, of no circle that it was not told of", async () => {
    const { runId } = await record(text, await pages(), wholeStory, "policy.v1");
    const samples = await exported(runId, false);
    expect(samples.some((sample) => sample.includes("\n# Round\n"))).toBe(true);
    expect(samples.join("")).not.toContain("# Stuck");
  });

  test("and a picture agent has none to teach without pictures", async () => {
    const { runId } = await record(defaultAgentSpec("picture"), await pages(), story);
    await expect(exported(runId, false)).rejects.toMatchObject({ code: "DATASET_EMPTY" });
  });
});
