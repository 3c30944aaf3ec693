import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { scoreRun } from "../../src/critic/index.ts";
import { exportDataset } from "../../src/dataset/index.ts";
import type { Store } from "../../src/store/index.ts";
import { newFolder } from "../support/folder.ts";
import { fixtureTest } from "../support/require.ts";
import {
  exitLine,
  importFrom,
  madeLine,
  newStore,
  picture,
  removeStores,
  told,
  twoElements,
  writeTrace,
} from "./support.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  ({ folder, store } = await newStore());
});

afterEach(removeStores);

const stepsOf = async (run: string) => {
  const [episode] = await store.episodes.list(run);
  return { episode: episode!, steps: await store.steps.list(episode!.id) };
};

async function importTrace(lines: readonly string[], pictures?: number) {
  const trace = path.join(folder, "7");
  await writeTrace(trace, lines, pictures);
  return importFrom(store, trace);
}

describe("a whole trace", () => {
  test("becomes an episode with screens, plans, replies and actions", async () => {
    const imported = await importTrace([madeLine(), exitLine(1)]);
    expect(imported).toMatchObject({ episodes: 1, steps: 2, agreed: 2, differed: 0, defects: 0, known: 0 });
    const run = await store.runs.get(imported.runs[0]!);
    expect(run).toMatchObject({
      suite: "7",
      state: "finished",
      settings: { imported: { format: "androidgen", source: "7" } },
    });
    const { episode, steps } = await stepsOf(run.id);
    expect(episode).toMatchObject({
      state: "succeeded",
      finishStatus: "complete",
      answer: "Done.",
      steps: 2,
    });
    expect(steps[0]).toMatchObject({
      action: { type: "tap", target: { kind: "element", index: 1 } },
      plan: [{ text: "Turn off Wi-Fi.", done: false }],
      package: "com.android.settings",
    });
    expect(steps[0]!.response).toContain('do(action="Click", element_id="1")');
    const screen = await store.screens.load(steps[0]!.screenId, { image: true });
    expect(screen).toMatchObject({ width: 108, height: 240 });
    expect(screen.elements[1]).toMatchObject({
      index: 1,
      className: "Switch",
      resourceId: "com.android.settings:id/switch_widget",
      clickable: true,
      checkable: true,
      checked: true,
      text: "",
    });
    expect(screen.image?.bytes).toEqual(await picture(0));
    const [instance] = await store.runs.instances(run.id);
    expect(instance).toMatchObject({
      templateId: expect.stringMatching(/^imported\/turn-off-wi-fi-[0-9a-f]{8}$/u),
      goal: "Turn off Wi-Fi",
      checks: [],
      params: { source: "7" },
    });
  });

  test("is not taken in twice, and grows a run of its own when it is another", async () => {
    await importTrace([madeLine({ app: "as}" }), exitLine(1)]);
    const again = await importFrom(store, path.join(folder, "7"));
    // What was wrong with it was told when it came.
    expect(again).toMatchObject({ runs: [], episodes: 0, steps: 0, known: 1, defects: 0 });
    const longer = await importTrace([madeLine(), madeLine({ index: 1 }), exitLine(2)]);
    expect(longer).toMatchObject({ episodes: 1, steps: 3, known: 0 });
    expect(await store.runs.list()).toHaveLength(2);
    // The same goal is the same task, however often it was carried out.
    const ids = await Promise.all((await store.runs.list()).map(({ id }) => store.runs.instances(id)));
    expect(new Set(ids.flat().map(({ templateId }) => templateId)).size).toBe(1);
  });

  test("that was cut off is a failure, with its last screen known", async () => {
    const imported = await importTrace([madeLine()]);
    const { episode, steps } = await stepsOf(imported.runs[0]!);
    expect(episode).toMatchObject({ state: "failed", finalScreenId: steps[0]!.screenId });
    expect(episode.finishStatus).toBeUndefined();
  });

  test("judged by a person is scored, kept and exported", async () => {
    const imported = await importTrace([madeLine(), exitLine(1)]);
    const run = imported.runs[0]!;
    expect(await scoreRun(store, run)).toMatchObject({ episodes: 1, kept: 0 });
    const { episode } = await stepsOf(run);
    await store.verdicts.record({
      episodeId: episode.id,
      source: "human",
      version: "review.v1",
      success: true,
      detail: {},
    });
    expect(await scoreRun(store, run)).toMatchObject({ episodes: 1, kept: 1, reasons: {} });
    const out = path.join(folder, "dataset");
    const manifest = await exportDataset(store, {
      runIds: [run],
      out,
      formats: ["openai"],
      images: false,
      valShare: 0,
      seed: 1,
    });
    expect(manifest.trajectories).toBe(1);
    const samples = await readFile(path.join(out, "openai.train.jsonl"), "utf8");
    expect(samples).toContain("Turn off Wi-Fi");
    expect(samples).toContain(String.raw`do(action=\"Click\", element_id=\"1\")`);
    expect(samples).not.toContain(folder);
  });
});

describe("what is broken is named by file and line, and the rest is kept", () => {
  const first = madeLine();
  test.each<[string, string[], string[], number]>([
    ["a line that is no JSON", [first, '{"env": "android",', exitLine(1)], ["record.jsonl:2 line-broken"], 2],
    ["a line of another form", [first, '{"env": "android"}', exitLine(1)], ["record.jsonl:2 line-broken"], 2],
    ["a hard space after the JSON", [first, `${exitLine(1)}\u00a0 `], ["record.jsonl:2 stray-characters"], 2],
    ["a byte order mark", [`\ufeff${first}`, exitLine(1)], ["record.jsonl:1 stray-characters"], 2],
    ["blank lines", [first, "", "\u00a0", exitLine(1)], [], 2],
    [
      "a missing step",
      [first, exitLine(3, { raw: "7/screenshots/1-raw.png" })],
      ["record.jsonl:2 index-gap"],
      2,
    ],
    ["a step twice", [first, first, exitLine(1)], ["record.jsonl:2 index-repeated"], 2],
    [
      "another goal",
      [first, madeLine({ index: 1, instruction: "Call home" }), exitLine(1)],
      ["record.jsonl:2 goal-changes"],
      2,
    ],
    ["a name that is none", [madeLine({ app: "as}" }), exitLine(1)], ["record.jsonl:1 app-name"], 2],
    [
      "a plan that is none",
      [madeLine({ plan: "do it" }), exitLine(1)],
      ["record.jsonl:1 plan-unreadable"],
      2,
    ],
    [
      "a verb's spelling",
      [
        madeLine({
          state: '<element id="1" class="EditText" clickable editable> x </element>\n',
          response: 'do(action="Input Text", element_id="1", text="hi")',
          parsed_action: { operation: "do", action: "Input_text", kwargs: { text: "hi", element_id: "1" } },
        }),
        exitLine(1),
      ],
      ["record.jsonl:1 element-gap", "record.jsonl:1 verb-spelling"],
      2,
    ],
    [
      "an argument that was dropped",
      [
        madeLine({
          response: 'do(action="Swipe", element_id="1", direction="right")',
          parsed_action: { operation: "do", action: "Swipe", kwargs: { direction: "right" } },
        }),
        exitLine(1),
      ],
      ["record.jsonl:1 argument-dropped"],
      2,
    ],
    [
      "an element twice, and one that is none",
      [madeLine({ state: `${twoElements}${twoElements}<elephant id="2">\n` }), exitLine(1)],
      ["record.jsonl:1 element-repeated", "record.jsonl:1 element-unreadable"],
      2,
    ],
  ])("%s", async (_, lines, defects, steps) => {
    const imported = await importTrace(lines);
    expect(told(imported)).toEqual(defects);
    expect(imported).toMatchObject({
      episodes: 1,
      steps,
      agreed: steps,
      differed: 0,
      defects: defects.length,
    });
  });

  test("a recording without a single step", async () => {
    const imported = await importTrace(["{}"]);
    expect(told(imported)).toEqual(["record.jsonl:1 line-broken", "record.jsonl:1 no-steps"]);
    expect(imported).toMatchObject({ runs: [], episodes: 0 });
  });

  test("a missing picture gives way to the marked one, and then to none", async () => {
    const lines = [madeLine(), madeLine({ index: 1 }), exitLine(2)];
    await writeTrace(path.join(folder, "7"), lines, 1);
    await writeFile(path.join(folder, "7", "screenshots", "1.png"), await picture(99));
    await writeFile(path.join(folder, "7", "screenshots", "2-raw.png"), "no picture");
    const imported = await importFrom(store, path.join(folder, "7"));
    expect(told(imported)).toEqual([
      "record.jsonl:2 picture-missing",
      "record.jsonl:3 picture-unreadable",
      "record.jsonl:3 picture-missing",
    ]);
    const { steps } = await stepsOf(imported.runs[0]!);
    const pictures = await Promise.all(steps.map(({ screenId }) => store.screens.picture(screenId)));
    expect(pictures.map((one) => one?.bytes)).toEqual([await picture(0), await picture(99), undefined]);
  });

  test("an action that nobody knows leaves a step that teaches nothing", async () => {
    const imported = await importTrace([
      madeLine({ parsed_action: { operation: "do", action: "Fly", kwargs: {} } }),
      exitLine(1),
    ]);
    expect(told(imported)).toEqual(["record.jsonl:1 action-unknown"]);
    expect(imported).toMatchObject({ steps: 2, agreed: 1, differed: 1 });
    const { steps } = await stepsOf(imported.runs[0]!);
    expect(steps[0]).toMatchObject({ refusal: { rule: "import" } });
    expect(steps[0]!.action).toBeUndefined();
  });
});

describe("replies", () => {
  test("that say something else than what was recorded are explained", async () => {
    const imported = await importTrace([
      madeLine({ response: 'do(action="Click", element_id="0")' }),
      madeLine({ index: 1, response: "I do not know." }),
      madeLine({
        index: 2,
        response: 'do(action="Click", element_id="9")',
        parsed_action: { operation: "do", action: "Click", kwargs: { element_id: "9" } },
      }),
      exitLine(3),
    ]);
    expect(imported).toMatchObject({ steps: 4, agreed: 1, differed: 3, defects: 0 });
    expect(imported.differences).toMatchObject([
      {
        file: "record.jsonl",
        line: 1,
        recorded: 'do(action="Click", element_id="1")',
        ours: 'do(action="Click", element_id="0")',
      },
      { line: 2, ours: "nothing", why: expect.stringContaining("cannot be read") },
      { line: 3, why: expect.stringContaining("element-on-screen") },
    ]);
    // What was done counts, whatever was said.
    const { steps } = await stepsOf(imported.runs[0]!);
    expect(steps[0]!.action).toEqual({ type: "tap", target: { kind: "element", index: 1 } });
  });

  test("that the recorder refused are refused by us as well, and else explained", async () => {
    const fail = (message: string) => ({ operation: "fail", kwargs: { message } });
    const imported = await importTrace([
      madeLine({
        response: 'do(action="Click", element_id="77")',
        parsed_action: fail('Element id "77" not found in the current page.'),
      }),
      madeLine({
        index: 1,
        response: 'open_app(app_name="Nowhere")',
        parsed_action: fail('App name "Nowhere" can not be found.'),
      }),
      exitLine(2),
    ]);
    expect(imported).toMatchObject({ steps: 3, agreed: 2, differed: 1 });
    expect(imported.differences[0]!.why).toContain("the recorder refused it");
    const { steps } = await stepsOf(imported.runs[0]!);
    expect(steps.map(({ refusal }) => refusal?.rule)).toEqual([
      "element-on-screen",
      "app-installed",
      undefined,
    ]);
  });
});

describe("nothing of the input leads out of its folder", () => {
  test.each([
    ["dots", "../../secret.png"],
    ["dots behind its own name", "7/../../secret.png"],
    ["the root", "/etc/hostname"],
    ["a link", "7/screenshots/link.png"],
  ])("by %s", async (_, raw) => {
    const trace = path.join(folder, "traces", "7");
    await writeTrace(trace, [madeLine({ raw, image: "" }), exitLine(1)]);
    await writeFile(path.join(folder, "secret.png"), await picture(200));
    await symlink(path.join(folder, "secret.png"), path.join(trace, "screenshots", "link.png"));
    const imported = await importFrom(store, trace);
    expect(told(imported)).toContain("record.jsonl:1 path-outside");
    const { steps } = await stepsOf(imported.runs[0]!);
    expect(await store.screens.picture(steps[0]!.screenId)).toBeUndefined();
    expect(JSON.stringify(imported.found)).not.toContain(folder);
  });
});

describe("an import that is stopped", () => {
  test("leaves whole episodes, and goes on where it was", async () => {
    for (const name of ["1", "2", "3"]) {
      await writeTrace(path.join(folder, "traces", name), [
        madeLine({ instruction: `Go to page ${name}` }),
        exitLine(1, { instruction: `Go to page ${name}` }),
      ]);
    }
    // The second trace has a defect, at which somebody stops the import.
    const second = path.join(folder, "traces", "2");
    await writeTrace(second, [
      madeLine({ instruction: "Go to page 2", app: "as}" }),
      exitLine(1, { instruction: "Go to page 2" }),
    ]);
    const stop = new AbortController();
    const stopped = importFrom(store, path.join(folder, "traces"), {
      signal: stop.signal,
      onDefect: () => stop.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    const [run] = await store.runs.list();
    const episodes = await store.episodes.list(run!.id);
    expect(episodes.map(({ state, steps }) => ({ state, steps }))).toEqual([
      { state: "succeeded", steps: 2 },
    ]);
    expect(await importFrom(store, path.join(folder, "traces"))).toMatchObject({ episodes: 2, known: 1 });
  });
});

test("sources that hold nothing are refused", async () => {
  await expect(importFrom(store, path.join(folder, "none"))).rejects.toMatchObject({
    code: "IMPORT_NOT_FOUND",
    class: "config",
  });
  await expect(importFrom(store, await newFolder())).rejects.toMatchObject({ code: "IMPORT_EMPTY" });
  await writeFile(path.join(folder, "diary.txt"), "dear diary");
  await expect(importFrom(store, path.join(folder, "diary.txt"))).rejects.toMatchObject({
    code: "IMPORT_FORMAT_UNKNOWN",
  });
});

fixtureTest("androidgen-traces", (root) => {
  test("the recorded traces are read as they were, step by step", async () => {
    const imported = await importFrom(store, root);
    expect(imported.differences).toEqual([]);
    expect(imported).toMatchObject({ episodes: 5, steps: 42, agreed: 42, differed: 0 });
    const counts = new Map<string, number>();
    for (const { code } of imported.found) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      "picture-missing": 7,
      "verb-spelling": 4,
      "app-name": 2,
      "argument-dropped": 1,
    });
    expect(imported.found).toContainEqual(
      expect.objectContaining({ file: "1722397814/record.jsonl", line: 1, code: "picture-missing" }),
    );
    const episodes = await store.episodes.list(imported.runs[0]!);
    expect(episodes.map(({ state, steps }) => [state, steps])).toEqual([
      ["succeeded", 9],
      ["succeeded", 6],
      ["succeeded", 11],
      ["succeeded", 5],
      ["succeeded", 11],
    ]);
    const blobs = await readdir(path.join(folder, "blobs"));
    expect(blobs.length).toBeGreaterThan(0);
    const elements = await store.screens.load((await store.steps.list(episodes[4]!.id))[0]!.screenId);
    // A text over two lines is one element.
    expect(elements.elements[8]!.text).toMatch(/^Signed in as .*\nAccount and settings\.$/u);
    expect(elements.elements).toHaveLength(30);
  });
});
