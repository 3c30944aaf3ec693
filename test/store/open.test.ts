import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import { openStore } from "../../src/store/index.ts";
import { pageTask } from "../support/fakes.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await newFolder();
  file = path.join(folder, "sub", "test.db");
});

afterEach(removeFolders);

async function made(): Promise<void> {
  const store = await openStore(file);
  await store.close();
}

/** The superuser may do anything, so it works as another user meanwhile. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const superuser = process.geteuid?.() === 0;
  if (superuser) process.seteuid!(65_534);
  try {
    await work();
  } finally {
    if (superuser) process.seteuid!(0);
  }
}

const run = {
  suite: { name: "book", sha256: "0" },
  seed: 1,
  samples: 1,
  settings: {},
  instances: [pageTask(1)],
  episodes: [{ instanceId: "page-1#1", sample: 1, seed: 1 }],
};

describe("opening a database", () => {
  test("makes it, with its folder, and opens it again", async () => {
    const store = await openStore(file);
    const { id } = await store.runs.create(run);
    await store.close();
    const again = await openStore(file);
    expect((await again.runs.get(id)).suite).toBe("book");
    await again.close();
  });

  test("for reading changes nothing, and needs one", async () => {
    await expect(openStore(file, { readonly: true })).rejects.toMatchObject({
      code: "DB_UNREADABLE",
      class: "config",
      message: expect.stringContaining(`There is no database at ${file}`),
    });
    await made();
    const store = await openStore(file, { readonly: true });
    await expect(store.runs.create(run)).rejects.toMatchObject({ code: "DB_NOT_WRITABLE", class: "config" });
    expect(await store.runs.list()).toEqual([]);
    await store.close();
  });

  test.each([
    ["text", "This is no database, but it is long enough to have been one.".repeat(20)],
    ["a broken header", "SQLite format 3\0".padEnd(4096, "\u0001")],
    ["short text", "hello"],
  ])("refuses a file that holds %s", async (_, content) => {
    await mkdir(path.dirname(file));
    await writeFile(file, content);
    for (const readonly of [true, false]) {
      await expect(openStore(file, { readonly })).rejects.toMatchObject({
        code: "DB_UNREADABLE",
        class: "config",
        message: expect.stringContaining(file),
      });
    }
  });

  test("refuses a folder", async () => {
    await mkdir(file, { recursive: true });
    await expect(openStore(file)).rejects.toMatchObject({
      code: "DB_UNREADABLE",
      message: expect.stringContaining("it is a folder"),
    });
  });

  test("refuses a path through a file", async () => {
    await writeFile(path.dirname(file), "a file where the folder should be");
    await expect(openStore(file)).rejects.toMatchObject({ code: "DB_UNREADABLE", class: "config" });
  });

  test("refuses a database of another program", async () => {
    await mkdir(path.dirname(file));
    const other = new Database(file);
    other.exec("CREATE TABLE bookmark (url TEXT)");
    other.close();
    await expect(openStore(file)).rejects.toMatchObject({
      code: "DB_UNREADABLE",
      message: expect.stringContaining("another program"),
    });
    const untouched = new Database(file);
    expect(untouched.prepare("SELECT name FROM sqlite_master").all()).toEqual([{ name: "bookmark" }]);
    untouched.close();
  });

  test("refuses a database of a newer androidgen", async () => {
    await made();
    const newer = new Database(file);
    newer.exec("INSERT INTO kysely_migration VALUES ('9999-better', '2030-01-01')");
    newer.close();
    for (const readonly of [true, false]) {
      await expect(openStore(file, { readonly })).rejects.toMatchObject({
        code: "DB_NEWER",
        class: "config",
        message: expect.stringContaining("9999-better"),
      });
    }
  });

  test("for reading refuses a database of an older androidgen, and says how to mend it", async () => {
    await made();
    const older = new Database(file);
    older.exec("DELETE FROM kysely_migration");
    older.close();
    await expect(openStore(file, { readonly: true })).rejects.toMatchObject({ code: "DB_OLDER" });
  });

  test("says so where the file may not be written or read", async () => {
    await made();
    await chmod(folder, 0o755);
    await chmod(file, 0o444);
    await asOrdinaryUser(async () => {
      await expect(openStore(file)).rejects.toMatchObject({ code: "DB_NOT_WRITABLE", class: "config" });
    });
    await chmod(path.dirname(file), 0o700);
    await asOrdinaryUser(async () => {
      await expect(openStore(file)).rejects.toMatchObject({ code: "DB_NOT_WRITABLE", class: "config" });
    });
  });
});
