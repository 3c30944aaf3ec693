import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Action } from "../../src/action/index.ts";
import { scoreRun } from "../../src/critic/index.ts";
import { jsonValues } from "../../src/import/androidcontrol/values.ts";
import type { Store } from "../../src/store/index.ts";
import { fixtureTest } from "../support/require.ts";
import { importFrom, newStore, picture, removeStores, told } from "./support.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  ({ folder, store } = await newStore());
});

afterEach(removeStores);

const at = (x: number, y: number) => ({ kind: "point" as const, x, y });

const vocabulary: [object, Action][] = [
  [
    { action: "click", coordinate: [540, 2273] },
    { type: "tap", target: at(540, 2273) },
  ],
  [
    { action_type: "click", x: 5, y: 6 },
    { type: "tap", target: at(5, 6) },
  ],
  [
    { action: "long_press", coordinate: [117.5, 654], time: 2 },
    { type: "longPress", target: at(118, 654) },
  ],
  [
    { action: "type", text: "Sculpture" },
    { type: "inputText", text: "Sculpture" },
  ],
  [
    { action_type: "input_text", text: "a" },
    { type: "inputText", text: "a" },
  ],
  [
    { action: "open", text: "pCloud" },
    { type: "openApp", app: "pCloud" },
  ],
  [
    { action_type: "open_app", app_name: "Clock" },
    { type: "openApp", app: "Clock" },
  ],
  [
    { action: "swipe", coordinate: [540, 1800], coordinate2: [540, 600] },
    { type: "swipe", direction: "up", target: at(540, 1800), to: at(540, 600) },
  ],
  [
    { action: "swipe", coordinate: [100, 5], coordinate2: [900, 50] },
    { type: "swipe", direction: "right", target: at(100, 5), to: at(900, 50) },
  ],
  [
    { action_type: "scroll", direction: "down" },
    { type: "scroll", direction: "down" },
  ],
  [
    { action: "system_button", button: "Back" },
    { type: "press", key: "back" },
  ],
  [
    { action: "system_button", button: "Home" },
    { type: "press", key: "home" },
  ],
  [{ action_type: "navigate_back" }, { type: "press", key: "back" }],
  [{ action_type: "navigate_home" }, { type: "press", key: "home" }],
  [
    { action: "wait", time: 2 },
    { type: "wait", ms: 2000 },
  ],
  [{ action_type: "wait" }, { type: "wait", ms: 1000 }],
  [
    { action: "terminate", status: "success" },
    { type: "finish", status: "complete", message: "" },
  ],
  [
    { action: "terminate", status: "failure" },
    { type: "finish", status: "infeasible", message: "" },
  ],
];

function episode(goal: string, actions: readonly object[], more: object = {}): string {
  const steps = actions.map((action_content, i) => ({
    action_content,
    screenshot: `/data/images/8_${i}.png`,
    step_instruction: `do thing ${i}`,
  }));
  return JSON.stringify({ goal, is_successful: true, steps, episode_id: 8, ...more });
}

async function importFile(name: string, text: string) {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return importFrom(store, file);
}

async function stepsOf(run: string, slot = 0) {
  return store.steps.list((await store.episodes.list(run))[slot]!.id);
}

test("each action of both vocabularies is read, and written down as a model would", async () => {
  const imported = await importFile(
    "control.jsonl",
    episode(
      "Try it",
      vocabulary.map(([action]) => action),
    ),
  );
  expect(told(imported)).toEqual(["control.jsonl:1 picture-missing"]);
  const steps = await stepsOf(imported.runs[0]!);
  expect(steps.map(({ action }) => action)).toEqual(vocabulary.map(([, action]) => action));
  expect(steps[0]).toMatchObject({
    thought: "do thing 0",
    response: expect.stringMatching(/do thing 0[\s\S]*do\(action="Click", point=\[540, 2273\]\)/u),
    plan: [],
  });
});

test.each([
  ["an action nobody knows", { action: "fly" }],
  ["a click without a place", { action: "click" }],
  ["a button nobody knows", { action: "system_button", button: "Camera" }],
  ["a name of JavaScript's own", { action: "constructor" }],
])("%s is reported, and its step kept without an action", async (_, action) => {
  const imported = await importFile("control.jsonl", episode("Try it", [action, { action: "wait" }]));
  expect(told(imported)).toContain("control.jsonl:1 action-unknown");
  const steps = await stepsOf(imported.runs[0]!);
  expect(steps[0]).toMatchObject({ refusal: { rule: "import" } });
  expect(steps[1]!.action).toEqual({ type: "wait", ms: 1000 });
});

test("AndroidControl's own form, with lists side by side and a screen after the last action", async () => {
  await mkdir(path.join(folder, "images"));
  for (let i = 0; i < 3; i++) await writeFile(path.join(folder, "images", `${i}.png`), await picture(i));
  const text = JSON.stringify({
    episode_id: "12",
    goal: "Set a timer",
    actions: ['{"action_type":"open_app","app_name":"Clock"}', '{"action_type":"click","x":50,"y":60}'],
    step_instructions: ["Open the clock", "Tap on start"],
    screenshots: ["images/0.png", "images/1.png", "images/2.png"],
    screenshot_widths: [108, 108, 108],
    screenshot_heights: [240, 240, 240],
  });
  const imported = await importFile("control.json", text);
  expect(told(imported)).toEqual(["control.json:1 success-unknown"]);
  const [one] = await store.episodes.list(imported.runs[0]!);
  expect(one).toMatchObject({ state: "failed", steps: 2 });
  expect(await store.verdicts.list(one!.id)).toEqual([]);
  const last = await store.screens.load(one!.finalScreenId!, { image: true });
  expect(last).toMatchObject({ width: 108, height: 240 });
  expect(last.image?.bytes).toEqual(await picture(2));
});

test("success is a person's verdict, by which an episode is kept", async () => {
  const back = { action: "system_button", button: "Back" };
  const lines = [
    episode("One", [{ action: "click", coordinate: [1, 2] }, back]),
    episode("Two", [back], { is_successful: false }),
  ];
  const imported = await importFile("control.jsonl", lines.join("\n"));
  const run = imported.runs[0]!;
  const [one, two] = await store.episodes.list(run);
  expect(one).toMatchObject({ state: "succeeded", finishStatus: "complete" });
  expect(two).toMatchObject({ state: "failed" });
  expect(await store.verdicts.list(one!.id)).toMatchObject([
    { source: "human", version: "androidcontrol.is_successful", success: true },
  ]);
  expect(await scoreRun(store, run)).toMatchObject({ episodes: 2, kept: 1 });
});

describe("files", () => {
  const three = ["A", "B", "C"].map((goal) => episode(goal, [{ action: "wait", time: 1 }]));

  test.each([
    ["lines", "c.jsonl", three.join("\n"), [1, 2, 3]],
    ["a list", "c.json", `[\n${three.join(",\n")}\n]`, [2, 3, 4]],
    ["one object over lines", "c.json", JSON.stringify(JSON.parse(three[0]!), null, 2), [1]],
  ])("may hold episodes as %s", async (_, name, text, at) => {
    const imported = await importFile(name, text);
    expect(told(imported)).toEqual(at.map((line) => `${name}:${line} picture-missing`));
    expect(imported.episodes).toBe(at.length);
  });

  test.each([
    ["lines", "c.jsonl", `${three[0]}\n{"goal": "X", "steps": [\n${three[1]}\n`],
    ["a list", "c.json", `[${three[0]},\n{"goal": "X", "steps": 7},\n${three[1]}]`],
  ])("may be broken in the middle, as %s", async (_, name, text) => {
    const imported = await importFile(name, text);
    expect(told(imported)).toContain(`${name}:2 line-broken`);
    expect(imported.episodes).toBe(2);
  });

  test("objects are found in any JSON, whatever their texts hold", async () => {
    const file = path.join(folder, "any.json");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 6 }),
        fc.nat(4),
        async (objects, indent) => {
          await writeFile(file, JSON.stringify(objects, null, indent));
          const found: unknown[] = [];
          for await (const { bytes } of jsonValues(file)) found.push(JSON.parse(bytes.toString("utf8")));
          expect(JSON.stringify(found)).toBe(JSON.stringify(objects));
        },
      ),
    );
  });

  test("pictures are looked for beside the file and nowhere else", async () => {
    await writeFile(path.join(folder, "secret.png"), await picture(7));
    await mkdir(path.join(folder, "data", "images"), { recursive: true });
    await writeFile(path.join(folder, "data", "images", "8_0.png"), await picture(8));
    const step = (screenshot: string) => ({ action_content: { action: "wait" }, screenshot });
    const text = JSON.stringify({
      goal: "G",
      is_successful: true,
      steps: [step("/datasets/images/8_0.png"), step("../secret.png"), step("..")],
    });
    const imported = await importFile("data/control.jsonl", text);
    expect(told(imported)).toEqual(expect.arrayContaining(["control.jsonl:1 path-outside"]));
    const steps = await stepsOf(imported.runs[0]!);
    const pictures = await Promise.all(steps.map(({ screenId }) => store.screens.picture(screenId)));
    expect(pictures.map((one) => one?.bytes)).toEqual([await picture(8), undefined, undefined]);
  });
});

fixtureTest("androidcontrol", (root) => {
  test("the recorded episodes are read, all of them", async () => {
    const imported = await importFrom(store, path.join(root, "episodes-120.jsonl"));
    expect(imported).toMatchObject({ episodes: 120, steps: 621, agreed: 0, differed: 0, defects: 120 });
    expect(new Set(imported.found.map(({ code }) => code))).toEqual(new Set(["picture-missing"]));
    const steps = await stepsOf(imported.runs[0]!);
    expect(steps[1]!.action).toEqual({ type: "tap", target: { kind: "point", x: 540, y: 2273 } });
    const again = await importFrom(store, root);
    expect(again).toMatchObject({ episodes: 0, known: 120 });
  }, 60_000);
});
