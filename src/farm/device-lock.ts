import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isLoopback } from "../device/index.ts";
import { configError, errorMessage } from "../errors.ts";
import { type FileLock, tryLockFile } from "../file-lock.ts";

export interface DeviceLockOptions {
  /** The adb server that names the device. */
  adb: { host: string; port: number };
  serial: string;
  /** Where the locks lie; this user's own folder among the temporary files without it. */
  folder?: string;
}

/**
 * Keeps two androidgens of one user on one host from using the same device, whatever databases they write.
 * Throws `DEVICE_IN_USE`, or `DEVICE_LOCK` where no lock can be had; both are of class `config`.
 */
export async function lockDevice({ adb, serial, folder }: DeviceLockOptions): Promise<FileLock> {
  const file = path.join(folder ?? lockFolder(), `${fileName(adb, serial)}.lock`);
  const lock = await tryLock(file);
  if (lock !== undefined) return lock;
  throw configError(
    "DEVICE_IN_USE",
    `device ${serial} of the adb server ${adb.host}:${adb.port} is in use by another androidgen; ` +
      "wait for it, stop it, or name other devices with --device",
  );
}

async function tryLock(file: string): Promise<FileLock | undefined> {
  const folder = path.dirname(file);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // A folder that somebody else made here first could hold anything, and be held for ever.
    const { uid } = await lstat(folder);
    if (process.getuid !== undefined && uid !== process.getuid())
      throw new Error("it belongs to another user");
    return tryLockFile(file);
  } catch (error) {
    throw configError(
      "DEVICE_LOCK",
      `devices cannot be locked in ${folder} (${errorMessage(error)}); remove it, or set TMPDIR to a folder of your own`,
      error,
    );
  }
}

/**
 * Not the folder of XDG_RUNTIME_DIR: it goes when its user logs out, and a run that goes on overnight would
 * lose its locks. A folder for each user, because one user's files are not another's to open.
 */
function lockFolder(): string {
  return path.join(tmpdir(), `androidgen-locks-${process.getuid?.() ?? "user"}`);
}

function fileName({ host, port }: { host: string; port: number }, serial: string): string {
  return encodeURIComponent(`${isLoopback(host) ? "localhost" : host}:${port} ${serial}`);
}
