import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import Database from "better-sqlite3";
import { createDatabases, type Databases } from "../../../src/sim/system/database.ts";
import { createFiles, type FileStore } from "../../../src/sim/system/files.ts";

const path = "/data/data/app/databases/x.db";
let files: FileStore;
let databases: Databases;

beforeEach(() => {
  files = createFiles({ now: () => 0 });
  databases = createDatabases(files);
});

afterEach(() => databases.close());

/** Rows that somebody finds who pulled the file. */
function pulled(): unknown[] {
  const copy = new Database(Buffer.from(files.read(path)));
  try {
    return copy.prepare("SELECT body FROM t ORDER BY rowid").pluck().all();
  } finally {
    copy.close();
  }
}

describe("a database", () => {
  test("lets go of what a snapshot load has replaced or removed", () => {
    const ended = jest.spyOn(Database.prototype, "close");
    try {
      databases.open(path).exec("CREATE TABLE t (body TEXT)");
      const saved = files.save();
      databases.open(path).exec("INSERT INTO t VALUES ('later')");
      databases.open("/sdcard/other.db").exec("CREATE TABLE u (x)");
      databases.forget();
      expect(ended).not.toHaveBeenCalled();
      files.restore(saved);
      databases.forget();
      expect(ended).toHaveBeenCalledTimes(2);
      expect(databases.open(path).all("SELECT * FROM t")).toEqual([]);
    } finally {
      ended.mockRestore();
    }
  });

  test("is a file that holds every committed row", () => {
    const db = databases.open(path);
    db.exec("CREATE TABLE t (_id INTEGER PRIMARY KEY, body TEXT); INSERT INTO t (body) VALUES ('a')");
    expect(pulled()).toEqual(["a"]);
    expect(db.run("INSERT INTO t (body) VALUES (?)", ["b"])).toEqual({ changes: 1, lastInsertRowid: 2 });
    expect(pulled()).toEqual(["a", "b"]);
    expect(db.all("INSERT INTO t (body) VALUES ('c') RETURNING _id")).toEqual([{ _id: 3 }]);
    expect(pulled()).toEqual(["a", "b", "c"]);
  });

  test("is read anew after the file was overwritten, also one that had a write-ahead log", () => {
    const db = databases.open(path);
    db.exec("CREATE TABLE t (body TEXT)");
    const other = new Database(":memory:");
    other.exec("CREATE TABLE t (body TEXT); INSERT INTO t VALUES ('pushed')");
    const bytes = other.serialize();
    other.close();
    // Journal mode WAL, as Android's own databases have it.
    bytes.fill(2, 18, 20);
    files.write(path, bytes);
    expect(db.all("SELECT body FROM t")).toEqual([{ body: "pushed" }]);
    db.run("INSERT INTO t VALUES ('more')");
    expect(pulled()).toEqual(["pushed", "more"]);
  });

  test("is not written by reading", () => {
    const db = databases.open(path);
    db.exec("CREATE TABLE t (body TEXT)");
    const before = files.read(path);
    expect(db.all("SELECT * FROM t")).toEqual([]);
    expect(files.read(path)).toBe(before);
  });

  test("goes back with the file system, under every name of the file", () => {
    files.mkdir("/real");
    files.symlink("/real", "/alias");
    const db = databases.open("/alias/y.db");
    db.exec("CREATE TABLE t (body TEXT)");
    const saved = files.save();
    db.run("INSERT INTO t VALUES ('later')");
    expect(databases.open("/real/y.db").all("SELECT * FROM t")).toHaveLength(1);
    files.restore(saved);
    expect(db.all("SELECT * FROM t")).toEqual([]);
  });

  test("keeps what came before a failing statement, and rolls back an open transaction", () => {
    const db = databases.open(path);
    expect(() => db.exec("CREATE TABLE t (body TEXT); INSERT INTO nope VALUES (1)")).toThrow(
      /no such table: nope/u,
    );
    expect(pulled()).toEqual([]);
    expect(() => db.exec("BEGIN; INSERT INTO t VALUES ('x'); INSERT INTO nope VALUES (1)")).toThrow(/nope/u);
    expect(pulled()).toEqual([]);
  });

  test("says so where the file is no database", () => {
    files.write(
      path,
      "this is text, and longer than the header of a database, which is a hundred bytes long ".repeat(2),
    );
    expect(() => databases.open(path).all("SELECT 1 FROM sqlite_master")).toThrow(/not a database/u);
  });
});
