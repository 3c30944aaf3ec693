import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import type { Store } from "../../src/store/index.ts";
import { importFrom, newStore, picture, removeStores, told } from "./support.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  ({ folder, store } = await newStore());
});

afterEach(removeStores);

const node = (attributes: string, bounds: string) =>
  `<node index="0" package="com.android.settings" enabled="true" ${attributes} bounds="${bounds}"/>`;

const tree = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">
<node index="0" class="android.widget.FrameLayout" package="com.android.settings" enabled="true" bounds="[0,0][108,240]">
${node('class="android.widget.TextView" text="Wi-Fi" clickable="true"', "[0,10][108,30]")}
${node('class="android.widget.EditText" text="name" clickable="true" focused="true"', "[0,40][108,60]")}
</node></hierarchy>`;

interface LabStep {
  reply: string;
  recorded: object;
}

const finish: LabStep = {
  reply: 'finish(message="It is off.")',
  recorded: { operation: "finish", action: "finish", kwargs: { message: "It is off." } },
};

function line(index: number, { reply, recorded }: LabStep, more: object = {}): string {
  return JSON.stringify({
    trace_id: "setting_3_2024-05-10",
    index,
    prompt: index === 0 ? "Turn off Wi-Fi" : "** XML **",
    image: `/raid/somebody/logs/setting_3/Screen/screenshot-${index}-17.5-before.png`,
    xml: `/raid/somebody/logs/setting_3/xml/${index}.xml`,
    ac_xml: null,
    current_activity: "com.android.settings\n",
    window: [108, 240],
    target: "Turn off Wi-Fi",
    parsed_action: recorded,
    current_response: reply,
    ...more,
  });
}

async function importTask(lines: readonly string[], files = lines.length) {
  const task = path.join(folder, "logs", "setting_3");
  for (const kind of ["traces", "Screen", "xml"]) await mkdir(path.join(task, kind), { recursive: true });
  await writeFile(path.join(task, "traces", "trace.jsonl"), lines.map((one) => `${one}\n`).join(""));
  for (let i = 0; i < files; i++) {
    await writeFile(path.join(task, "xml", `${i}.xml`), tree);
    await writeFile(path.join(task, "Screen", `screenshot-${i}-17.5-before.png`), await picture(i));
  }
  return importFrom(store, path.join(folder, "logs"));
}

const wifi = { kind: "element" as const, index: 0 };

test.each<[string, object, Action]>([
  [
    'do(action="Tap", element=[0, 10, 108, 30])',
    { operation: "do", action: "Tap", kwargs: { element: [0, 10, 108, 30] } },
    { type: "tap", target: wifi },
  ],
  [
    'do(action="Tap", element=[0, 100, 50, 200])',
    { operation: "do", action: "Tap", kwargs: { element: [0, 100, 50, 200] } },
    { type: "tap", target: { kind: "point", x: 25, y: 150 } },
  ],
  // The picture's numbers are known to the recorder alone.
  [
    "tap(5)",
    { operation: "do", action: "Tap", kwargs: { element: [54, 20] } },
    { type: "tap", target: { kind: "point", x: 54, y: 20 } },
  ],
  [
    'do(action="Type", text="Wi")',
    { operation: "do", action: "Type", kwargs: { text: "Wi" } },
    { type: "inputText", text: "Wi" },
  ],
  [
    'text("Wi")',
    { operation: "do", action: "Type", kwargs: { text: "Wi" } },
    { type: "inputText", text: "Wi" },
  ],
  [
    'do(action="Long Press", element=[0, 10, 108, 30])',
    { operation: "do", action: "Long Press", kwargs: { element: [0, 10, 108, 30] } },
    { type: "longPress", target: wifi },
  ],
  [
    'do(action="Swipe", element=[0, 10, 108, 30], direction="up", dist="long")',
    {
      operation: "do",
      action: "Swipe",
      kwargs: { element: [0, 10, 108, 30], direction: "up", dist: "long" },
    },
    { type: "swipe", direction: "up", target: wifi },
  ],
  [
    'swipe(21, "up", "medium")',
    { operation: "do", action: "Swipe", kwargs: { element: [5, 6], direction: "up", dist: "medium" } },
    { type: "swipe", direction: "up", target: { kind: "point", x: 5, y: 6 } },
  ],
  ['do(action="Back")', { operation: "do", action: "Press Back" }, { type: "press", key: "back" }],
  ["home()", { operation: "do", action: "Home", kwargs: {} }, { type: "press", key: "home" }],
  ['do(action="Enter")', { operation: "do", action: "Press Enter" }, { type: "press", key: "enter" }],
  ['do(action="Wait")', { operation: "do", action: "Wait" }, { type: "wait", ms: 5000 }],
  [
    'do(action="Launch", app="Settings")',
    { operation: "do", action: "Launch", kwargs: { package: "com.android.settings" } },
    { type: "openApp", app: "com.android.settings" },
  ],
])("the reply %s is read as it was recorded", async (reply, recorded, action) => {
  const imported = await importTask([line(0, { reply, recorded }), line(1, finish)]);
  expect(imported.differences).toEqual([]);
  expect(imported).toMatchObject({ episodes: 1, steps: 2, agreed: 2, defects: 0 });
  const [episode] = await store.episodes.list(imported.runs[0]!);
  expect(episode).toMatchObject({ state: "succeeded", finishStatus: "complete", answer: "It is off." });
  const [first] = await store.steps.list(episode!.id);
  expect(first).toMatchObject({ action, response: reply, package: "com.android.settings" });
  const screen = await store.screens.load(first!.screenId, { image: true });
  expect(screen.elements.map(({ text }) => text)).toEqual(["Wi-Fi", "name"]);
  expect(screen).toMatchObject({ width: 108, height: 240, treeSource: "uiautomator" });
  expect(screen.image?.bytes).toEqual(await picture(0));
});

test("missing and broken trees and pictures are reported, and the step kept", async () => {
  const back = { reply: "back()", recorded: { operation: "do", action: "Back", kwargs: {} } };
  const lines = [
    line(0, back, { xml: "ERROR" }),
    line(1, back, { xml: "../../../secret/../..", image: "none.png" }),
    line(2, back, { xml: "xml/2.txt" }),
    line(3, { ...back, recorded: { operation: "do", action: "Sing" } }),
    line(4, { ...back, reply: "home()" }),
  ];
  const task = path.join(folder, "logs", "setting_3");
  await mkdir(path.join(task, "xml"), { recursive: true });
  await writeFile(path.join(task, "xml", "2.txt"), "<hierarchy>");
  const imported = await importTask(lines);
  expect(told(imported)).toEqual([
    "setting_3/traces/trace.jsonl:1 tree-missing",
    "setting_3/traces/trace.jsonl:2 picture-missing",
    "setting_3/traces/trace.jsonl:2 path-outside",
    "setting_3/traces/trace.jsonl:2 tree-missing",
    "setting_3/traces/trace.jsonl:3 tree-unreadable",
    "setting_3/traces/trace.jsonl:4 action-unknown",
  ]);
  expect(imported).toMatchObject({ steps: 5, agreed: 3, differed: 2 });
  const [episode] = await store.episodes.list(imported.runs[0]!);
  expect(episode).toMatchObject({ state: "failed" });
});

test("a tree too deep, and what stands in the place of a tree or a picture and is none, end no import", async () => {
  const back = { reply: "back()", recorded: { operation: "do", action: "Back", kwargs: {} } };
  const task = path.join(folder, "logs", "setting_3");
  await mkdir(path.join(task, "xml", "folder.xml"), { recursive: true });
  await mkdir(path.join(task, "Screen"), { recursive: true });
  await promisify(execFile)("mkfifo", [
    path.join(task, "xml", "pipe.xml"),
    path.join(task, "Screen", "pipe.png"),
  ]);
  const level = '<node class="a" package="p" bounds="[0,0][9,9]">';
  const deep = `<hierarchy rotation="0">${level.repeat(20_000)}${"</node>".repeat(20_000)}</hierarchy>`;
  await writeFile(path.join(task, "xml", "deep.xml"), deep);
  const imported = await importTask([
    line(0, back, { xml: "." }),
    line(1, back, { xml: "folder.xml" }),
    line(2, back, { xml: "pipe.xml", image: "pipe.png" }),
    line(3, back, { xml: "deep.xml" }),
  ]);
  expect(told(imported)).toEqual([
    "setting_3/traces/trace.jsonl:1 tree-missing",
    "setting_3/traces/trace.jsonl:2 tree-missing",
    "setting_3/traces/trace.jsonl:3 picture-missing",
    "setting_3/traces/trace.jsonl:3 tree-missing",
  ]);
  expect(imported).toMatchObject({ episodes: 1, steps: 4 });
});
