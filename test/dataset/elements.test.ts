import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { exportDataset } from "../../src/dataset/index.ts";
import type { ChatMessage, ChatModel } from "../../src/llm/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { fakeElement, fakeScreen } from "../support/fakes.ts";
import { anyLike } from "../support/experiences.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { recordRun } from "../support/recorded-run.ts";

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

/** Everything that an element may have beside what every element has, of an app that is not in front. */
const slider: Element = {
  ...fakeElement(1, ""),
  className: "android.widget.SeekBar",
  package: "com.android.systemui",
  scrollable: true,
  visibleFraction: 0.5,
  reach: { left: 0, top: 100, right: 540, bottom: 200 },
  label: "Media volume",
  value: "25.0",
  more: ["left", "right"],
};
const line =
  '[1] SeekBar label="Media volume" app=com.android.systemui clickable value=25.0 scrollable more=left,right';

const withSlider = (page: number): Screen => {
  const screen = fakeScreen(page);
  return { ...screen, elements: [screen.elements[0]!, slider] };
};

test("what an element may have besides reaches the model, the store, the critic, experiences and datasets", async () => {
  const policy: ChatMessage[][] = [];
  const critic: ChatMessage[][] = [];
  const judge: ChatModel = {
    async complete({ messages }) {
      critic.push([...messages]);
      const text = '{"conditions": [{"condition": "Done", "step": 2}]}';
      return { text, model: "c", usage: { promptTokens: 1, completionTokens: 1 }, latencyMs: 0, attempts: 1 };
    },
  };
  const onRequest = (messages: readonly ChatMessage[]) => policy.push([...messages]);
  const runId = await recordRun(store, [withSlider(0), withSlider(1)], { critic: judge, onRequest });

  const [episode] = await store.episodes.list(runId);
  const [step] = await store.steps.list(episode!.id);
  expect((await store.screens.load(step!.screenId)).elements[1]).toEqual(slider);

  const [experience] = await store.experiences.search(anyLike("Go to page 1", { limit: 1 }));
  expect(experience!.text).toContain(`do(action="Click", element_id="1")  # ${line}\n`);
  expect(policy.map((messages) => messages[1]!.content)).toEqual([
    expect.stringContaining(line),
    expect.stringContaining(line),
  ]);
  expect(critic[0]![1]!.content).toContain(line);

  // Every word the model was asked with stands in the dataset.
  const out = path.join(folder, "dataset");
  await exportDataset(store, {
    runIds: [runId],
    out,
    formats: ["openai"],
    images: false,
    valShare: 0,
    seed: 1,
  });
  const lines = (await readFile(path.join(out, "openai.train.jsonl"), "utf8")).trimEnd().split("\n");
  const rows = lines.map((row) => (JSON.parse(row) as { messages: ChatMessage[] }).messages);
  expect(rows.map((messages) => messages.slice(0, 2))).toEqual(policy);
});
