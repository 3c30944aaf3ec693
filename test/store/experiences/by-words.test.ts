import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { openStore, type Store } from "../../src/store/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let store: Store;

beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

async function keep(episodeId: string, templateId: string, goal: string, plan = "", apps: string[] = []) {
  await store.experiences.keep({ episodeId, templateId, goal, text: `how ${episodeId} went`, plan, apps });
}

const search = async (goal: string, excludeTemplate?: string, limit = 5) => {
  const exclude = excludeTemplate === undefined ? {} : { excludeTemplate };
  const found = await store.experiences.search({ goal, limit, ...exclude });
  return found.map(({ episodeId }) => episodeId);
};

describe("experiences", () => {
  test("are found by words of goal, plan and apps, the best first", async () => {
    await keep("alarm", "clock-alarm", "Set an alarm for 7:30", "1. Open the Clock app");
    await keep("wifi", "wifi-off", "Turn Wi-Fi off", "1. Open network settings", ["Settings"]);
    await keep("note", "note-new", "Create a note about the alarm system", "1. Open Markor", ["Markor"]);
    expect(await search("Wake me by an alarm at 9:15")).toEqual(["alarm", "note"]);
    expect((await search("something in Settings"))[0]).toBe("wifi");
    expect(await search("creating notes", undefined, 1)).toEqual(["note"]);
    const [found] = await store.experiences.search({ goal: "Wi-Fi", limit: 1 });
    expect(found).toEqual({
      episodeId: "wifi",
      templateId: "wifi-off",
      goal: "Turn Wi-Fi off",
      text: "how wifi went",
    });
  });

  test("of the own template are never shown", async () => {
    await keep("one", "clock-alarm", "Set an alarm for 7:30");
    await keep("two", "clock-timer", "Set a timer");
    expect(await search("Set an alarm", "clock-alarm")).toEqual(["two"]);
  });

  test("take the place of earlier ones of their episode, and can be forgotten", async () => {
    await keep("one", "a", "Set an alarm");
    await keep("one", "a", "Send a message");
    expect(await search("alarm")).toEqual([]);
    expect(await search("message")).toEqual(["one"]);
    await store.experiences.forget("one");
    expect(await store.experiences.count()).toBe(0);
  });

  test("are found in Chinese, where words are not spaced", async () => {
    await keep("alarm", "clock-alarm", "设置一个早上七点的闹钟");
    await keep("wifi", "wifi-off", "关闭无线网络");
    expect(await search("把闹钟改到八点")).toEqual(["alarm"]);
  });

  test("a goal is never read as search syntax", async () => {
    await keep("one", "a", "Search NEAR me for AND or NOT");
    const goals = ['"', 'a" OR "b', "words:*", "NEAR(a b)", "AND", "-x ^y (z", "{a b}:c", "\0", "?", ""];
    for (const goal of goals) await expect(search(goal)).resolves.toBeDefined();
    expect(await search("NOT")).toEqual(["one"]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (goal) => {
        await search(goal);
      }),
      { numRuns: 50 },
    );
  });
});
