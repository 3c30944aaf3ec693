import Database from "better-sqlite3";

export interface FileLock {
  release(): void;
}

/**
 * Takes the lock of a file, which is made where it does not exist; undefined where somebody has it. It is
 * SQLite's own lock on an empty database: the operating system drops it at the instant its process dies, so
 * that no stale lock has ever to be waited for or cleared by hand. Throws SQLite's error where the file
 * cannot be used.
 */
export function tryLockFile(file: string): FileLock | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    const held = database;
    return { release: () => void held.close() };
  } catch (error) {
    database?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && code.startsWith("SQLITE_BUSY");
}
