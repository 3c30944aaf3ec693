import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { llmError } from "../../../src/llm/failure.ts";
import { openStore, type Store } from "../../../src/store/index.ts";
import { readRows } from "../../support/records.ts";
import { fakeEmbedder } from "../../support/embedder.ts";
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

const goals = ["Set an alarm", "Turn Wi-Fi off", "Create a note", "Delete a contact"];

async function keepGoals(count = goals.length): Promise<void> {
  for (let i = 0; i < count; i++) {
    await store.experiences.keep(`e-${i}`, [
      anExperience(goals[i % goals.length]!, { templateId: `t-${i}` }),
    ]);
  }
}

const vectors = () => readRows<{ model: string }>(store.file, "SELECT model FROM experience_vector").length;

describe("vectors", () => {
  test("find what is most alike, by the cosine, above the floor", async () => {
    await keepGoals();
    const source = store.experiences.byVectors(fakeEmbedder());
    const found = await source.search(anyLike("alarm Set an"));
    expect(found[0]).toMatchObject({ episodeId: "e-0", similarity: expect.closeTo(1, 5) });
    expect(found).toHaveLength(4);
    expect(found.map(({ similarity }) => similarity)).toEqual(
      found.map(({ similarity }) => similarity).toSorted((a, b) => b - a),
    );
    expect(await source.search(anyLike("alarm Set an", { floor: 0.99 }))).toHaveLength(1);
  });

  test("obey every filter", async () => {
    const part = anExperience("Set an alarm", { kind: "sub-goal", packages: ["com.clock"], templateId: "p" });
    await store.experiences.keep("e-0", [anExperience("Set an alarm", { benchmark: true }), part]);
    const source = store.experiences.byVectors(fakeEmbedder());
    const kinds = async (more: Parameters<typeof anyLike>[1]) =>
      (await source.search(anyLike("Set an alarm", more))).map(({ kind }) => kind);
    expect(await kinds({})).toEqual(["trajectory", "sub-goal"]);
    expect(await kinds({ kinds: ["sub-goal"] })).toEqual(["sub-goal"]);
    expect(await kinds({ excludeBenchmarks: true })).toEqual(["sub-goal"]);
    expect(await kinds({ excludeTemplates: ["p"] })).toEqual(["trajectory"]);
    expect(await kinds({ apps: ["com.clock"] })).toEqual(["sub-goal"]);
    expect(await kinds({ state: { package: "com.example.launcher", activity: ".Home" } })).toHaveLength(2);
    expect(await kinds({ state: { package: "com.example.launcher", activity: ".Else" } })).toEqual([]);
  });

  test("of another model are others", async () => {
    await keepGoals();
    await store.experiences.byVectors(fakeEmbedder("one")).index();
    await store.experiences.byVectors(fakeEmbedder("two")).index();
    expect(vectors()).toBe(8);
  });

  test("of other dimensions under the same name are told of", async () => {
    await keepGoals();
    await store.experiences.byVectors(fakeEmbedder("one", 32)).index();
    for (const dimensions of [24, 64]) {
      const changed = store.experiences.byVectors(fakeEmbedder("one", dimensions));
      await expect(changed.search(anyLike("alarm"))).rejects.toMatchObject({
        code: "EMBEDDING_CHANGED",
        class: "config",
      });
    }
  });
});

describe("the index", () => {
  test("embeds each goal once, and only what is new", async () => {
    await keepGoals(8);
    const embedder = fakeEmbedder();
    const source = store.experiences.byVectors(embedder);
    expect(await source.index()).toBe(8);
    expect(embedder.calls).toEqual([{ as: "passage", texts: goals }]);
    expect(await source.index()).toBe(0);
    await store.experiences.keep("new", [anExperience("Open the stopwatch")]);
    await store.experiences.keep("e-1", [anExperience("Turn Wi-Fi on")]);
    // Kept again as it was, as every score does.
    await store.experiences.keep("e-0", [anExperience("Set an alarm")]);
    expect(await source.index()).toBe(2);
    expect(embedder.calls[1]!.texts).toEqual(["Turn Wi-Fi on", "Open the stopwatch"]);
    expect((await source.search(anyLike("Turn Wi-Fi on", { limit: 1 })))[0]!.goal).toBe("Turn Wi-Fi on");
  });

  test("grows by one batch in a search, and is complete after enough of them", async () => {
    for (let i = 0; i < 150; i++) await store.experiences.keep(`e-${i}`, [anExperience(`goal ${i}`)]);
    const source = store.experiences.byVectors(fakeEmbedder());
    const sizes: number[] = [];
    for (let i = 0; i < 4; i++) {
      await source.search(anyLike("goal"));
      sizes.push(vectors());
    }
    expect(sizes).toEqual([64, 128, 150, 150]);
  });

  test("goes on where it was stopped", async () => {
    for (let i = 0; i < 150; i++) await store.experiences.keep(`e-${i}`, [anExperience(`goal ${i}`)]);
    const stop = new AbortController();
    const source = store.experiences.byVectors(fakeEmbedder());
    const onProgress = (left: number) => {
      if (left < 100) stop.abort(new Error("stopped"));
    };
    await expect(source.index({ signal: stop.signal, onProgress })).rejects.toThrow("stopped");
    const before = vectors();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(150);
    expect(await source.index()).toBe(150 - before);
  });

  test("keeps what it has where the model fails, and tries again", async () => {
    await keepGoals();
    const embedder = fakeEmbedder();
    const source = store.experiences.byVectors(embedder);
    embedder.before = () => {
      throw llmError("LLM_TIMEOUT", "too slow");
    };
    await expect(source.index()).rejects.toMatchObject({ code: "LLM_TIMEOUT" });
    embedder.before = () => {};
    expect(await source.index()).toBe(4);
  });

  test("sees what another program wrote and removed", async () => {
    await keepGoals();
    const source = store.experiences.byVectors(fakeEmbedder());
    await source.search(anyLike("Set an alarm"));
    const other = await openStore(store.file);
    await other.experiences.forget("e-0");
    await other.experiences.keep("e-9", [anExperience("Set an alarm clock")]);
    await other.experiences.byVectors(fakeEmbedder()).index();
    await other.close();
    const [found] = await source.search(anyLike("Set an alarm"));
    expect(found!.episodeId).toBe("e-9");
  });
});
