import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import Database from "better-sqlite3";
import { Kysely, Migrator, sql } from "kysely";
import { AndroidGenError, configError } from "../errors.ts";
import { storeDialect } from "./dialect.ts";
import { errorCode, storeError, unreadable } from "./failure.ts";
import { migrations } from "./migrations/index.ts";
import type { Schema } from "./schema.ts";

/** How long a statement waits for another process that is writing. */
const busyTimeoutMs = 10_000;

export interface OpenOptions {
  /** Nothing is written or migrated, and the file must exist. */
  readonly?: boolean;
  /** The file must exist. */
  existing?: boolean;
}

/**
 * Opens the database and brings its schema up to date.
 * Throws `DB_UNREADABLE`, `DB_NEWER`, `DB_OLDER` (read-only only), `DB_NOT_WRITABLE` or `DISK_FULL`, all of
 * class `config`.
 */
export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Kysely<Schema>> {
  const readonly = options.readonly ?? false;
  await checkPath(file, readonly || options.existing === true);
  const database = connect(file, readonly);
  const db = new Kysely<Schema>({ dialect: storeDialect(database, (error) => storeError(error, file)) });
  try {
    await checkVersion(db, file, readonly);
    if (!readonly) await migrate(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw storeError(error, file);
  }
}

async function checkPath(file: string, existing: boolean): Promise<void> {
  try {
    if (!existing) await mkdir(path.dirname(file), { recursive: true });
    if ((await stat(file)).isDirectory()) throw unreadable(file, new Error("it is a folder"));
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw asOpenError(error, file);
    if (!existing) return;
    throw configError(
      "DB_UNREADABLE",
      `There is no database at ${file}. Name one with --db, or start a run.`,
    );
  }
}

/** What has no better name makes the file unreadable. */
function asOpenError(error: unknown, file: string): Error {
  const mapped = storeError(error, file);
  return AndroidGenError.isInstance(mapped) ? mapped : unreadable(file, error);
}

function connect(file: string, readonly: boolean): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly, fileMustExist: readonly, timeout: busyTimeoutMs });
    if (!readonly) {
      database.pragma("journal_mode = WAL");
      // A recorded step survives a power cut, not only a kill. Measured at 0.4 ms more for each step than
      // NORMAL, which is less than the fsync of one screenshot.
      database.pragma("synchronous = FULL");
    }
    database.pragma("foreign_keys = ON");
    // The first real read: SQLite opens anything and complains later.
    database.pragma("schema_version");
    return database;
  } catch (error) {
    database?.close();
    throw asOpenError(error, file);
  }
}

async function checkVersion(db: Kysely<Schema>, file: string, readonly: boolean): Promise<void> {
  const tables = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(db);
  const names = tables.rows.map((row) => row.name);
  if (!names.includes("kysely_migration")) {
    if (names.length === 0 && !readonly) return;
    throw unreadable(file, new Error("it is a database of another program"));
  }
  const done = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
  const unknown = done.rows.find((row) => !(row.name in migrations));
  if (unknown !== undefined) {
    throw configError(
      "DB_NEWER",
      `${file} was written by a newer androidgen (its schema is at ${unknown.name}). ` +
        "Update androidgen, or name another file with --db.",
    );
  }
  if (readonly && done.rows.length < Object.keys(migrations).length) {
    throw configError(
      "DB_OLDER",
      `${file} was written by an older androidgen. Open it once with a command that writes, such as score.`,
    );
  }
}

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
