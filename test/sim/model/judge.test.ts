import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Critic, type Score, scoreRun } from "../../../src/critic/index.ts";
import type { ChatModel } from "../../../src/llm/index.ts";
import { answerPrompt } from "../../../src/sim/model/answer.ts";
import { openStore, type Store } from "../../../src/store/index.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { type PhoneUser, usePhone } from "../../support/phone.ts";
import { recordEpisodes } from "../../support/recorded-episode.ts";
import { type CarriedOut, carryOut, look } from "./carry-out.ts";

let user: PhoneUser;
let store: Store;
let prompts: string[];
beforeEach(async () => {
  user = usePhone();
  store = await openStore(path.join(await newFolder(), "test.db"));
  prompts = [];
});
afterEach(async () => {
  user.device.close();
  await store.close();
  await removeFolders();
});

/** The scripted model as a strict critic, without sockets. */
const scripted: ChatModel = {
  async complete({ messages, seed = 0 }) {
    const text = messages.find(({ role }) => role === "user")!.content as string;
    prompts.push(text);
    return {
      text: answerPrompt(text, { seed: 1, errorRate: 0, requestSeed: seed }),
      model: "scripted",
      usage: { promptTokens: 1, completionTokens: 1 },
      latencyMs: 0,
      attempts: 1,
    };
  },
};

async function judge(
  goal: string,
  { steps, end }: CarriedOut,
  strict: Critic["strict"] = {},
): Promise<Score> {
  const run = await recordEpisodes(store, [
    {
      instance: { goal },
      steps,
      finalScreen: look(user),
      ...(end === undefined ? {} : { answer: end.message }),
    },
  ]);
  return scoreRun(store, run, { critic: { model: scripted, name: "scripted", strict } });
}

describe("the scripted judge", () => {
  test.each([
    "Turn off Wi-Fi.",
    "Set an alarm for 7:30 am.",
    "Which Android version is on this phone? Answer with the number.",
    "Turn the brightness to maximum.",
    // What its rules remember by words that it said itself, which the prompt does not tell.
    "Delete the contact Daniel Ferris.",
  ])("finds what was carried out by screens alone: %s", async (goal) => {
    const done = carryOut(user, goal, { budget: 20 });
    expect((await judge(goal, done)).critic).toMatchObject({ success: 1, failure: 0 });
  });

  test.each([
    ["Turn off Wi-Fi.", 3],
    ["Delete the contact Daniel Ferris.", 4],
  ])("finds what was only said: %s", async (goal, budget) => {
    const { steps } = carryOut(user, goal, { budget });
    const message = "I have done everything.";
    steps.push({
      ...steps.at(-1)!,
      number: budget + 1,
      screen: look(user),
      response: message,
      action: { type: "finish", status: "complete", message },
    });
    const end = { type: "finish", status: "complete", message } as const;
    expect((await judge(goal, { steps, end })).critic).toMatchObject({ success: 0, failure: 1 });
    expect(prompts.join("\n")).not.toContain("I have done everything");
  });

  test("knows its own summaries again", async () => {
    const goal = "Set an alarm for 7:30 am.";
    const done = carryOut(user, goal, { budget: 20 });
    expect((await judge(goal, done, { evidenceTokens: 1200 })).critic).toMatchObject({ success: 1 });
    expect(prompts.filter((prompt) => prompt.includes("# Summarise")).length).toBeGreaterThan(0);
  });
});
