import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { keepExperiences, partsOf } from "../../src/critic/experience.ts";
import { finishedTrajectories } from "../../src/critic/trajectory.ts";
import { executeRun, planRun } from "../../src/run/index.ts";
import { openStore, type StepLabel, type Store } from "../../src/store/index.ts";
import { bookPlan, bookPool, bookSuite } from "../support/book.ts";
import { anyLike } from "../support/experiences.ts";
import { fakeAgent } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const labels = (...steps: number[]): StepLabel[] => steps.map((step, i) => ({ condition: `c${i}. `, step }));

describe("the parts of a trajectory", () => {
  test("are the steps between its conditions", () => {
    expect(partsOf(labels(2, 3, 7))).toEqual([
      { goal: "c0.", from: 0, to: 2 },
      { goal: "c1.", from: 2, to: 3 },
      { goal: "c2.", from: 3, to: 7 },
    ]);
  });

  test("are shared by conditions that one step met, and end before what was not met", () => {
    expect(partsOf(labels(2, 2, 1, 5, -1, 6))).toEqual([
      { goal: "c0; c1; c2.", from: 0, to: 2 },
      { goal: "c3.", from: 2, to: 5 },
    ]);
  });

  test("are none where they would be the whole again", () => {
    for (const one of [labels(), labels(4), labels(4, 4), labels(3, -1), labels(-1, 4)]) {
      expect(partsOf(one)).toEqual([]);
    }
  });
});

describe("experiences of a kept episode", () => {
  let store: Store;

  beforeEach(async () => {
    store = await openStore(path.join(await newFolder(), "test.db"));
  });

  afterEach(async () => {
    await store.close();
    await removeFolders();
  });

  /** One episode that turns to page 2, of a run of this suite. */
  async function episodeOf(benchmark: boolean): Promise<string> {
    const suite = { ...bookSuite(2), benchmark };
    const run = await planRun(store, bookPlan([], { suite, settings: { agent: "fake" } }));
    expect(run.settings).toEqual(benchmark ? { agent: "fake", benchmark: true } : { agent: "fake" });
    const pool = bookPool(["a"]);
    await executeRun({ store, runId: run.id, pool, agentFor: async () => fakeAgent() });
    await pool.close();
    return run.id;
  }

  async function keepAll(runId: string): Promise<void> {
    for await (const trajectory of finishedTrajectories(store, runId))
      await keepExperiences(store, trajectory);
  }

  test("are the whole, and with the critic's labels its parts, each with where it began", async () => {
    const runId = await episodeOf(false);
    await keepAll(runId);
    const query = anyLike("Go to page 2", { apps: ["com.example.book"] });
    expect((await store.experiences.search(query)).map(({ kind }) => kind)).toEqual(["trajectory"]);

    const [episode] = await store.episodes.latest(runId);
    await store.verdicts.record({
      episodeId: episode!.id,
      source: "critic",
      version: "some-critic",
      success: true,
      detail: {},
      labels: [
        { condition: "Page 1 is shown", step: 1 },
        { condition: "The second page is shown", step: 3 },
      ],
    });
    await keepAll(runId);
    expect(await store.experiences.count()).toBe(3);
    const state = { package: "com.example.book", activity: ".Page" };
    const [part] = await store.experiences.search(anyLike("the second page", { kinds: ["sub-goal"], state }));
    expect(part).toMatchObject({
      episodeId: episode!.id,
      templateId: "page-2",
      goal: "The second page is shown.",
      text: [
        "Steps:",
        'do(action="Click", element_id="1")  # [1] TextView "Next" clickable',
        'exit(message="")',
      ].join("\n"),
    });
  });

  test("are known as a benchmark's where they come from one", async () => {
    await keepAll(await episodeOf(true));
    expect(await store.experiences.search(anyLike("page 2"))).toHaveLength(1);
    expect(await store.experiences.search(anyLike("page 2", { excludeBenchmarks: true }))).toEqual([]);
  });
});
