import { rename } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { migrations } from "../../src/store/migrations/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { anExperience, anyLike } from "../support/experiences.ts";
import { fakeCall, fakeScreen, tapNext } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { recordEpisodes } from "../support/recorded-episode.ts";
import { readRows } from "../support/records.ts";

afterEach(removeFolders);

/** A database as an androidgen wrote it whose last migration was this one, with these statements carried out on it. */
async function databaseOf(last: string, ...statements: string[]): Promise<string> {
  const file = path.join(await newFolder(), "old.db");
  const database = new Database(file);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateTo(last);
  if (error !== undefined) throw error;
  for (const statement of statements) database.exec(statement);
  await db.destroy();
  return file;
}

/** All that a run has come to, as the store tells it. */
async function whole(store: Store) {
  const [run] = await store.runs.list();
  const episodes = await store.episodes.list(run!.id);
  return Promise.all(
    episodes.map(async (episode) => ({
      run,
      episode,
      instances: await store.runs.instances(run!.id),
      steps: await store.steps.list(episode.id),
      screen: await store.screens.load(episode.finalScreenId!),
      calls: await store.calls.list(episode.id),
      verdicts: await store.verdicts.list(episode.id),
      usage: await store.calls.usage(run!.id),
    })),
  );
}

/** Brings rows of a newest database into one of an older schema, as far as that has their columns. */
function rowsFrom(newest: string): string[] {
  const tables = [
    "blob",
    "run",
    "task_instance",
    "screen",
    "episode",
    "step",
    "llm_call",
    "verdict",
    "step_label",
  ];
  const copies = tables.map((table) => {
    const columns = readRows<{ name: string }>(newest, `PRAGMA table_info(${table})`).map(({ name }) => name);
    return { table, columns };
  });
  return [
    "PRAGMA foreign_keys = OFF",
    `ATTACH '${newest}' AS newest`,
    ...copies.map(({ table, columns }) =>
      copyOf(
        table,
        columns.filter((name) => !added.has(`${table}.${name}`)),
      ),
    ),
  ];
}

const copyOf = (table: string, columns: readonly string[]) =>
  `INSERT INTO main.${table} (${columns.join()}) SELECT ${columns.join()} FROM newest.${table}`;

/** Columns that came after the second migration. */
const added = new Set([
  ...["thinking", "endpoint", "settings_json", "cost_usd", "truncated", "failure"].map(
    (name) => `llm_call.${name}`,
  ),
  ...["output", "finding_rule", "finding_reason"].map((name) => `step.${name}`),
  ...["model", "prompt"].map((name) => `verdict.${name}`),
  "episode.apis_json",
]);

test("runs, steps, calls and verdicts of the first release are read as they were written", async () => {
  const newest = path.join(await newFolder(), "newest.db");
  const store = await openStore(newest);
  const run = await recordEpisodes(store, [
    { steps: [{ screen: fakeScreen(1), action: tapNext }], finalScreen: fakeScreen(2), answer: "two" },
    { steps: [{ screen: fakeScreen(1) }], finalScreen: fakeScreen(1), passed: false },
  ]);
  const [first] = await store.episodes.list(run);
  await store.calls.record(first!.id, [fakeCall("next")]);
  const labels = [{ condition: "Page 2 is shown", step: 1 }];
  const verdict = { source: "critic", version: "step-critic.v1", success: true, detail: {}, labels } as const;
  await store.verdicts.record({ episodeId: first!.id, ...verdict });
  const written = await whole(store);
  await store.close();
  expect(written.map(({ steps, calls, verdicts }) => [steps.length, calls.length, verdicts.length])).toEqual([
    [1, 1, 2],
    [1, 0, 1],
  ]);

  const old = path.join(path.dirname(newest), "old.db");
  await rename(await databaseOf("0002-what-devices-are", ...rowsFrom(newest)), old);
  const migrated = await openStore(old);
  try {
    expect(await whole(migrated)).toEqual(written);
  } finally {
    await migrated.close();
  }
  expect(readRows(old, "PRAGMA foreign_key_check")).toEqual([]);
  expect(readRows(old, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  expect(readRows(old, "SELECT name FROM kysely_migration")).toHaveLength(Object.keys(migrations).length);
});

test("experiences of before they had parts are still found, and can be replaced", async () => {
  const row = (episode: string, template: string, goal: string, words: string) =>
    `INSERT INTO experience (words, episode_id, template_id, goal, text)
     VALUES ('${words}', '${episode}', '${template}', '${goal}', 'Steps of ${episode}')`;
  const file = await databaseOf(
    "0003-what-calls-and-checks-say",
    row("e-1", "wifi", "Turn Wi-Fi off.", "turn wi fi off open settings"),
    row("e-2", "note", "Delete a note.", "delete a note markor"),
    row("e-3", "note", "Forgotten.", "forgotten"),
    "DELETE FROM experience WHERE episode_id = 'e-3'",
  );
  const store = await openStore(file);
  try {
    expect(await store.experiences.count()).toBe(2);
    const [found] = await store.experiences.search(anyLike("deleting notes in Markor"));
    expect(found).toEqual({
      episodeId: "e-2",
      templateId: "note",
      kind: "trajectory",
      goal: "Delete a note.",
      text: "Steps of e-2",
      similarity: expect.any(Number),
    });
    await store.experiences.keep("e-2", [anExperience("Rename a note", { templateId: "note" })]);
    const goals = async () => (await store.experiences.search(anyLike("a note"))).map(({ goal }) => goal);
    expect(await goals()).toEqual(["Rename a note"]);
    await store.experiences.forget("e-2");
    expect(await goals()).toEqual([]);
  } finally {
    await store.close();
  }
  expect(readRows(file, "SELECT episode_id, position, package, benchmark FROM experience")).toEqual([
    { episode_id: "e-1", position: 0, package: "", benchmark: 0 },
  ]);
  expect(readRows(file, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
});
