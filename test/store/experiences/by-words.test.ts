import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import fc from "fast-check";
import type { ExperienceQuery } from "../../../src/agent/index.ts";
import { type NewExperience, openStore, type Store } from "../../../src/store/index.ts";
import { anExperience, anyLike } from "../../support/experiences.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";

let store: Store;

beforeEach(async () => {
  store = await openStore(path.join(await newFolder(), "test.db"));
});

afterEach(async () => {
  await store.close();
  await removeFolders();
});

const keep = (episodeId: string, goal: string, more: Partial<NewExperience> = {}) =>
  store.experiences.keep(episodeId, [anExperience(goal, more)]);

const search = async (goal: string, more: Partial<ExperienceQuery> = {}) =>
  (await store.experiences.search(anyLike(goal, more))).map(({ episodeId }) => episodeId);

describe("words", () => {
  test("of goal, plan and apps are found by their stems, the best first", async () => {
    await keep("alarm", "Set an alarm for 7:30", { plan: "1. Open the Clock app" });
    await keep("wifi", "Turn Wi-Fi off", { plan: "1. Open network settings", apps: ["Settings"] });
    await keep("note", "Create a note about the alarm system", { plan: "1. Open Markor" });
    expect(await search("Wake me by an alarm at 9:15")).toEqual(["alarm", "note"]);
    expect((await search("something about networks"))[0]).toBe("wifi");
    expect(await search("creating notes", { limit: 1 })).toEqual(["note"]);
    const [found] = await store.experiences.search(anyLike("Wi-Fi", { limit: 1 }));
    expect(found).toEqual({
      episodeId: "wifi",
      templateId: "template",
      kind: "trajectory",
      goal: "Turn Wi-Fi off",
      text: "how to Turn Wi-Fi off",
      similarity: 1,
    });
  });

  test("are found in Chinese, where they are not spaced", async () => {
    await keep("alarm", "设置一个早上七点的闹钟");
    await keep("wifi", "关闭无线网络");
    expect(await search("把闹钟改到八点")).toEqual(["alarm"]);
  });

  test("are never read as search syntax", async () => {
    await keep("one", "Search NEAR me for AND or NOT");
    const goals = ['"', 'a" OR "b', "words:*", "NEAR(a b)", "AND", "-x ^y (z", "{a b}:c", "\0", "?", ""];
    for (const goal of goals) await expect(search(goal)).resolves.toBeDefined();
    expect(await search("NOT")).toEqual(["one"]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (goal) => {
        for (const { similarity } of await store.experiences.search(anyLike(goal))) {
          expect(similarity).toBeGreaterThan(0);
          expect(similarity).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("similarity", () => {
  test("is the share of the goal's words, weighed by rarity, so that a floor means something", async () => {
    for (let i = 0; i < 8; i++) await keep(`open-${i}`, `Open the number ${"abcdefgh"[i]}`);
    await keep("stopwatch", "Start the stopwatch");
    const [first, second] = await store.experiences.search(anyLike("Open the stopwatch"));
    expect(first!.episodeId).toBe("stopwatch");
    // ln(1 + 9/8), ln(1 + 9/9) and ln(1 + 9/1) are the weights of open, the and stopwatch.
    const whole = Math.log(1 + 9 / 8) + Math.log(2) + Math.log(10);
    expect(first!.similarity).toBeCloseTo((Math.log(2) + Math.log(10)) / whole, 9);
    expect(second!.similarity).toBeCloseTo((Math.log(1 + 9 / 8) + Math.log(2)) / whole, 9);
    expect(await search("Open the stopwatch", { floor: 0.5 })).toEqual(["stopwatch"]);
    expect(await search("Open the stopwatch", { floor: 0.9 })).toEqual([]);
  });

  test("of equals goes by the order in which they were stored", async () => {
    for (const name of ["b", "c", "a"]) await keep(name, "Set an alarm");
    expect(await search("Set an alarm")).toEqual(["b", "c", "a"]);
    expect(await search("Set an alarm", { limit: 2 })).toEqual(["b", "c"]);
  });

  test("goes by every word where the goal has none but common ones", async () => {
    const database = new Database(store.file);
    database.exec(`
      WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 15001)
      INSERT INTO experience
        (episode_id, position, kind, template_id, benchmark, package, activity, goal, words, text)
        SELECT 'e-' || n, 0, 'trajectory', 't', 0, '', '', 'Open it', 'open it', '' FROM number`);
    database.close();
    await keep("rare", "Close it");
    expect(await search("Open it", { limit: 1 })).toEqual(["e-1"]);
    expect(await search("Close it", { limit: 2, floor: 0.9 })).toEqual(["rare"]);
  });
});

describe("filters", () => {
  test("leave out templates", async () => {
    await keep("one", "Set an alarm for 7:30", { templateId: "clock-alarm" });
    await keep("two", "Set a timer", { templateId: "clock-timer" });
    await keep("three", "Set a date", { templateId: "date" });
    expect(await search("Set an alarm", { excludeTemplates: ["clock-alarm", "date"] })).toEqual(["two"]);
  });

  test("leave out runs of benchmarks", async () => {
    await keep("measured", "Set an alarm", { benchmark: true });
    await keep("other", "Set a timer");
    expect(await search("Set an alarm", { excludeBenchmarks: true })).toEqual(["other"]);
    expect(await search("Set an alarm")).toEqual(["measured", "other"]);
  });

  test("tell kinds apart", async () => {
    const part = anExperience("The alarm is set", { kind: "sub-goal" });
    await store.experiences.keep("one", [anExperience("Set an alarm"), part]);
    const kinds = async (...wanted: ExperienceQuery["kinds"]) =>
      (await store.experiences.search(anyLike("alarm", { kinds: wanted }))).map(({ kind }) => kind);
    expect(await kinds("trajectory")).toEqual(["trajectory"]);
    expect(await kinds("sub-goal")).toEqual(["sub-goal"]);
    expect(await kinds("sub-goal", "trajectory")).toEqual(["trajectory", "sub-goal"]);
    expect(await kinds()).toEqual([]);
  });

  test("ask for an app that was seen, or for the screen it began on", async () => {
    const clock = { package: "com.clock", activity: ".Alarms" };
    await keep("clock", "Set an alarm", { packages: ["com.launcher", "com.clock", "com.clock"] });
    await keep("inside", "Set an alarm", { packages: ["com.clock"], start: clock });
    await keep("notes", "Set an alarm", { packages: ["com.notes"] });
    expect(await search("alarm", { apps: ["com.clock"] })).toEqual(["clock", "inside"]);
    expect(await search("alarm", { apps: ["com.notes", "com.clock"] })).toHaveLength(3);
    expect(await search("alarm", { apps: [] })).toEqual([]);
    expect(await search("alarm", { state: clock })).toEqual(["inside"]);
    expect(await search("alarm", { apps: ["com.notes"], state: clock })).toEqual([]);
  });
});

describe("an episode's experiences", () => {
  test("take the place of earlier ones, and can be forgotten", async () => {
    const part = anExperience("Send a message", { kind: "sub-goal" });
    await store.experiences.keep("one", [anExperience("Set an alarm"), part]);
    await keep("one", "Turn pages");
    expect(await search("alarm")).toEqual([]);
    expect(await search("message")).toEqual([]);
    expect(await search("pages")).toEqual(["one"]);
    expect(await store.experiences.count()).toBe(1);
    await store.experiences.forget("one");
    expect(await store.experiences.count()).toBe(0);
    expect(await search("pages")).toEqual([]);
  });
});
