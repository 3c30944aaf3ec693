import { mkdir } from "node:fs/promises";
import path from "node:path";
import { configError } from "../errors.ts";
import { type FileLock, tryLockFile } from "../file-lock.ts";
import { storeError } from "./failure.ts";

/** Keeps two processes from carrying out the same run. A run whose process was killed can be resumed at once. */
export async function lockRun(folder: string, runId: string): Promise<FileLock> {
  const lock = await tryLock(folder, `${runId}.lock`);
  if (lock !== undefined) return lock;
  throw configError(
    "RUN_BUSY",
    `Run ${runId} is being carried out by another process. Wait for it, or stop it.`,
  );
}

async function tryLock(folder: string, name: string): Promise<FileLock | undefined> {
  const file = path.join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    return tryLockFile(file);
  } catch (error) {
    throw storeError(error, file);
  }
}
