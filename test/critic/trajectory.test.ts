import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Action } from "../../src/action/index.ts";
import { scoreRun } from "../../src/critic/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { element, screenOf } from "../agent/support.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { recordEpisodes } from "../support/recorded-episode.ts";

let store: Store;
beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});
afterEach(async () => {
  await store.close();
  await removeFolders();
});

/** As drivers give it: where the slider stands is no part of the fingerprint. */
function withSlider(value?: string): Screen {
  const slider = element(0, {
    className: "android.widget.SeekBar",
    ...(value === undefined ? {} : { value }),
  });
  return screenOf([slider, element(1, { text: "Next", clickable: true })], { fingerprint: "page" });
}

const touch = (index: number): Action => ({
  type: "swipe",
  direction: "right",
  target: { kind: "element", index },
});
const finish: Action = { type: "finish", status: "complete", message: "" };

/** The rules that four equal actions break on these screens. */
async function broken(screens: readonly Screen[], index: number): Promise<string[]> {
  const last = screens.at(-1)!;
  const steps = screens.map((screen) => ({ screen, action: touch(index) }));
  const run = await recordEpisodes(store, [
    { steps: [...steps, { screen: last, action: finish }], finalScreen: last },
  ]);
  return Object.keys((await scoreRun(store, run)).reasons).toSorted();
}

describe("steps on screens of equal fingerprints", () => {
  const nothing = ["no-noop-run.v2", "no-repeat.v2"];

  test("are other steps where a slider stands elsewhere", async () => {
    expect(await broken(["1", "2", "3", "4"].map(withSlider), 0)).toEqual([]);
  });

  test("are steps without effect where it stands as before", async () => {
    expect(await broken(["1", "1", "1", "1"].map(withSlider), 0)).toEqual(nothing);
  });

  test("are told by the number of the slider, also where other numbers are missing", async () => {
    const slider = element(3, { className: "android.widget.SeekBar" });
    const untold = screenOf([slider, element(7, { text: "Next", clickable: true })], { fingerprint: "page" });
    expect(await broken([untold, untold, untold, untold], 3)).toEqual([]);
    expect(await broken([untold, untold, untold, untold], 7)).toEqual(nothing);
  });

  test("may be anything where no tree tells of the slider that was touched", async () => {
    const untold = Array.from({ length: 4 }, () => withSlider());
    expect(await broken(untold, 0)).toEqual([]);
    expect(await broken(untold, 1)).toEqual(nothing);
  });
});
