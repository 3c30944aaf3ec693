import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { errorMessage } from "../../errors.ts";
import type { DoctorCheck } from "./check.ts";

/** A night's run writes about 100 KB a step; below this much it may end early. */
const WANTED_DISK_GB = 10;
const GB = 1024 ** 3;

export function checkNode(version = process.versions.node): DoctorCheck {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return {
    name: "Node",
    status: enough ? "ok" : "missing",
    found: version,
    ...(enough ? {} : { mend: "install Node 20.19 or later" }),
  };
}

/** The native modules that are built or unpacked at installation. */
export async function checkModules(): Promise<DoctorCheck> {
  const broken: string[] = [];
  const modules = {
    "better-sqlite3": () => import("better-sqlite3"),
    sharp: () => import("sharp"),
    "@napi-rs/canvas": () => import("@napi-rs/canvas"),
  };
  for (const [name, load] of Object.entries(modules)) {
    try {
      await load();
    } catch (error) {
      broken.push(`${name}: ${errorMessage(error).split("\n")[0]}`);
    }
  }
  return broken.length === 0
    ? { name: "native modules", status: "ok", found: Object.keys(modules).join(", ") }
    : {
        name: "native modules",
        status: "missing",
        found: broken.join("; "),
        mend: "in androidgen's folder: npm ci",
      };
}

export async function checkDisk(db: string): Promise<DoctorCheck> {
  const folder = await existingFolder(path.resolve(path.dirname(db)));
  try {
    await access(folder, constants.W_OK);
  } catch {
    return {
      name: "disk",
      status: "missing",
      found: `${folder} is not writable`,
      mend: "name another place with --db",
    };
  }
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GB;
  return {
    name: "disk",
    status: free >= 1 ? (free >= WANTED_DISK_GB ? "ok" : "hint") : "missing",
    found: `${free.toFixed(1)} GB free in ${folder}`,
    ...(free >= WANTED_DISK_GB ? {} : { mend: `free room: ${WANTED_DISK_GB} GB is a good night's` }),
  };
}

export function checkMemory(): DoctorCheck {
  // A container may have less than its host has free.
  const free = process.availableMemory() / GB;
  return {
    name: "memory",
    status: free >= 1 ? "ok" : "hint",
    found: `${free.toFixed(1)} of ${(totalmem() / GB).toFixed(1)} GB free`,
    ...(free >= 1 ? {} : { mend: "run fewer devices on this machine" }),
  };
}

/** The folder, or the nearest one above it that is there. */
export async function existingFolder(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : existingFolder(parent);
  }
}
