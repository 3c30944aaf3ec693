import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { migrations } from "../../src/store/migrations/index.ts";
import { openStore } from "../../src/store/index.ts";
import { anExperience, anyLike } from "../support/experiences.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
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
