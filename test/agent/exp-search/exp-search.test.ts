import { describe, expect, test } from "@jest/globals";
import { defaultExpSearch, type Experience, type ExperienceQuery } from "../../../src/agent/index.ts";
import { createExpSearch } from "../../../src/agent/exp-search/exp-search.ts";
import type { ExpSearchSettings } from "../../../src/agent/exp-search/settings.ts";
import { countTokens } from "../../../src/llm/index.ts";
import { observation, screenOf } from "../support.ts";

const settings = defaultExpSearch({ benchmark: false, templates: [] });

function example(episodeId: string, more: Partial<Experience> = {}): Experience {
  return {
    episodeId,
    templateId: "bluetooth",
    kind: "trajectory",
    goal: "Turn on Bluetooth.",
    text: 'open_app(app_name="Settings")',
    similarity: 0.5,
    ...more,
  };
}

/** A source that finds what it is told to, and remembers what it was asked. */
function searching(found: Experience[], changed: Partial<ExpSearchSettings> = {}) {
  const queries: ExperienceQuery[] = [];
  const source = {
    async search(query: ExperienceQuery) {
      queries.push(query);
      return found.filter(({ kind }) => query.kinds.includes(kind)).slice(0, query.limit);
    },
  };
  return { queries, ...createExpSearch(source, { ...settings, ...changed }) };
}

const ids = (examples: readonly Experience[]) => examples.map(({ episodeId }) => episodeId);
const item = (text: string, done = false) => ({ text, done });

describe("trajectories", () => {
  test("are looked up once in an episode, without the task's own template", async () => {
    const search = searching([example("e1"), example("e2")]);
    for (const screen of [screenOf([]), screenOf([], { package: "com.other" })]) {
      expect(ids(await search.find(observation({ templateId: "wifi", screen }), []))).toEqual(["e1"]);
    }
    expect(search.queries).toEqual([
      {
        goal: "Turn on Wi-Fi.",
        limit: 1,
        floor: settings.floor,
        kinds: ["trajectory"],
        excludeTemplates: ["wifi"],
        excludeBenchmarks: false,
      },
    ]);
  });

  test("are looked up again where the source failed", async () => {
    let failed = false;
    const source = {
      async search() {
        if (!failed) {
          failed = true;
          throw new Error("the endpoint is down");
        }
        return [example("e1")];
      },
    };
    const search = createExpSearch(source, settings);
    await expect(search.find(observation(), [])).rejects.toThrow("the endpoint is down");
    expect(ids(await search.find(observation(), []))).toEqual(["e1"]);
  });
});

describe("what is left out", () => {
  test("is every benchmark, and the suite's templates, where a benchmark is run", async () => {
    const suite = { benchmark: true, templates: [{ id: "wifi" }, { id: "note" }] };
    const search = searching([], defaultExpSearch(suite));
    await search.find(observation({ templateId: "wifi" }), []);
    expect(search.queries[0]).toMatchObject({ excludeTemplates: ["wifi", "note"], excludeBenchmarks: true });
  });

  test("may be the task's own template no more, if the settings say so", async () => {
    const search = searching([], { exclude: { ...settings.exclude, sameTemplate: false } });
    await search.find(observation({ templateId: "wifi" }), []);
    expect(search.queries[0]!.excludeTemplates).toEqual([]);
  });
});

describe("parts", () => {
  const part = example("e9", { kind: "sub-goal", goal: "Bluetooth is on." });

  test("are found for the item in hand, in the app that is in front", async () => {
    const search = searching([example("e1"), part]);
    const plan = [item("Open Settings", true), item("Turn it on"), item("Go home")];
    expect(ids(await search.find(observation(), plan))).toEqual(["e1", "e9"]);
    expect(search.queries[1]).toMatchObject({
      goal: "Turn it on",
      kinds: ["sub-goal"],
      apps: ["com.android.settings"],
    });
  });

  test("are looked up when the item or the app changes, and not in other steps", async () => {
    const search = searching([part]);
    const asked = async (plan: ReturnType<typeof item>[], packageName: string) => {
      const before = search.queries.length;
      await search.find(observation({ screen: screenOf([], { package: packageName }) }), plan);
      return search.queries.slice(before).filter(({ kinds }) => kinds.includes("sub-goal")).length;
    };
    expect(await asked([item("A"), item("B")], "com.one")).toBe(1);
    expect(await asked([item("A"), item("B")], "com.one")).toBe(0);
    expect(await asked([item("A"), item("B")], "com.two")).toBe(1);
    expect(await asked([item("A", true), item("B")], "com.two")).toBe(1);
    expect(await asked([item("A"), item("B")], "com.one")).toBe(0);
    expect(await asked([item("A", true), item("B", true)], "com.one")).toBe(0);
  });

  test("may have to begin on the very screen, or may come from anywhere", async () => {
    const onScreen = searching([part], { subGoalsFrom: "screen" });
    await onScreen.find(observation(), [item("A")]);
    expect(onScreen.queries[1]).toMatchObject({
      state: { package: "com.android.settings", activity: ".Settings" },
    });
    const anywhere = searching([part], { subGoalsFrom: "anywhere" });
    await anywhere.find(observation(), [item("A")]);
    expect(anywhere.queries[1]).not.toHaveProperty("apps");
    expect(anywhere.queries[1]).not.toHaveProperty("state");
  });

  test("of an episode that is shown whole are passed over", async () => {
    const own = { ...part, episodeId: "e1" };
    const search = searching([example("e1"), own, part]);
    expect(ids(await search.find(observation(), [item("A")]))).toEqual(["e1", "e9"]);
  });

  test("are not looked up where none are wanted", async () => {
    const search = searching([part], { subGoals: 0 });
    expect(await search.find(observation(), [item("A")])).toEqual([]);
    expect(search.queries).toHaveLength(1);
  });
});

describe("the bound", () => {
  const lines = Array.from({ length: 400 }, (_, i) => `${i}. do(action="Click", element_id="${i}")`);
  const long = lines.join("\n");

  test("holds for all examples together, and cuts after whole lines", async () => {
    const all = [example("e1", { text: long }), example("e2"), example("e3", { text: long })];
    const found = await searching(all, { trajectories: 3, tokens: 900 }).find(observation(), []);
    expect(ids(found)).toEqual(["e1", "e2", "e3"]);
    const tokens = found.reduce((sum, { goal, text }) => sum + countTokens(goal) + countTokens(text), 0);
    expect(tokens).toBeLessThanOrEqual(900);
    expect(tokens).toBeGreaterThan(700);
    const [first, second, third] = found.map(({ text }) => text.split("\n"));
    expect(first!.at(-1)).toBe("(the rest is left out)");
    expect(first!.slice(0, -1)).toEqual(lines.slice(0, first!.length - 1));
    expect(second).toEqual(['open_app(app_name="Settings")']);
    // What the short one left is there for the one after it.
    expect(third!.length).toBeGreaterThan(first!.length);
  });

  test("leaves out what could show nothing any more", async () => {
    const all = [example("e1", { text: long }), example("e2", { text: long })];
    expect(ids(await searching(all, { trajectories: 2, tokens: 100 }).find(observation(), []))).toEqual([
      "e1",
    ]);
    expect(await searching(all, { trajectories: 2, tokens: 10 }).find(observation(), [])).toEqual([]);
  });
});
