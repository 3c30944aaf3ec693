import { mkdir } from "node:fs/promises";
import path from "node:path";
import Database from "better-sqlite3";
import { configError } from "../errors.ts";
import { errorCode, storeError } from "./failure.ts";

export interface RunLock {
  release(): void;
}

/**
 * Keeps two processes from carrying out the same run. The lock is SQLite's own file lock on an empty file,
 * which the operating system drops at the instant its process dies: a killed run can be resumed at once,
 * and no stale lock has to be waited for or cleared by hand.
 */
export async function lockRun(folder: string, runId: string): Promise<RunLock> {
  const file = path.join(folder, `${runId}.lock`);
  let lock: Database.Database | undefined;
  try {
    await mkdir(folder, { recursive: true });
    lock = new Database(file, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock?.close();
    if (errorCode(error).startsWith("SQLITE_BUSY")) {
      throw configError(
        "RUN_BUSY",
        `Run ${runId} is being carried out by another process. Wait for it, or stop it.`,
      );
    }
    throw storeError(error, file);
  }
  const held = lock;
  return { release: () => void held.close() };
}
