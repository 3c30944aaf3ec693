import Database from "better-sqlite3";
import type { FileStore } from "./files.ts";
import type { SimDatabase, SqlValue } from "./services.ts";

export interface Databases {
  open(path: string): SimDatabase;
  /** Ends the connections whose file is another one now, or gone. */
  forget(): void;
  /** Ends every cached connection. */
  close(): void;
}

/**
 * SQLite files on the device. The bytes in the file system are the truth: a connection is an
 * in-memory copy of one content and is made anew when the file has another, as after a push or a
 * snapshot load; every committed write goes back to the file.
 */
export function createDatabases(files: FileStore): Databases {
  const cache = new Map<string, { content: Uint8Array; connection: Database.Database }>();

  function connect(path: string): Database.Database {
    const content = files.exists(path) ? files.read(path) : create(path);
    const key = files.realpath(path);
    const cached = cache.get(key);
    if (cached?.content === content) return cached.connection;
    cached?.connection.close();
    const connection = new Database(withoutWal(content));
    // As Android opens a database: what REFERENCES says is not checked.
    connection.pragma("foreign_keys = OFF");
    cache.set(key, { content, connection });
    return connection;
  }

  function create(path: string): Uint8Array {
    files.write(path, "");
    return files.read(path);
  }

  function store(path: string, connection: Database.Database): void {
    if (connection.inTransaction) return;
    files.write(path, connection.serialize());
    cache.set(files.realpath(path), { content: files.read(path), connection });
  }

  function open(path: string): SimDatabase {
    return {
      all(sql, params = []) {
        const connection = connect(path);
        const statement = connection.prepare<unknown[], Record<string, SqlValue>>(sql);
        const rows = statement.reader ? statement.all(...params) : [];
        if (!statement.reader) statement.run(...params);
        if (!statement.readonly) store(path, connection);
        return rows;
      },
      run(sql, params = []) {
        const connection = connect(path);
        const result = connection.prepare(sql).run(...params);
        store(path, connection);
        return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
      },
      exec(sql) {
        const connection = connect(path);
        try {
          connection.exec(sql);
        } finally {
          // What the statements before a failing one did stays done, as in a file.
          if (connection.inTransaction) connection.exec("ROLLBACK");
          store(path, connection);
        }
      },
    };
  }

  return {
    open,
    forget() {
      for (const [path, { content, connection }] of cache) {
        if (files.exists(path) && files.stat(path).kind === "file" && files.read(path) === content) continue;
        connection.close();
        cache.delete(path);
      }
    },
    close() {
      for (const { connection } of cache.values()) connection.close();
      cache.clear();
    },
  };
}

/** By name: the native module keeps the class of whoever loaded it first, also from another realm. */
export function isSqliteError(error: unknown): error is { message: string; code: string } {
  return typeof error === "object" && error !== null && "name" in error && error.name === "SqliteError";
}

/**
 * An in-memory copy cannot have a write-ahead log, so the two header bytes that ask for one are set
 * to the rollback journal (https://sqlite.org/fileformat2.html, offsets 18 and 19).
 */
function withoutWal(content: Uint8Array): Buffer {
  const copy = Buffer.from(content);
  if (copy.length > 19 && copy[18] === 2) copy.fill(1, 18, 20);
  return copy;
}
