import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AndroidGenError, configError, errorMessage } from "../errors.ts";
import type { ScreenImage } from "../screen/index.ts";

/** Writes a picture under its hash, once however often samples show it, and gives its path in the dataset. */
export async function writeImage(folder: string, image: ScreenImage, written: Set<string>): Promise<string> {
  const name = `images/${image.sha256}.${image.mediaType.replace("image/", "")}`;
  if (!written.has(image.sha256)) {
    written.add(image.sha256);
    await mkdir(path.join(folder, "images"), { recursive: true });
    await writeFile(path.join(folder, name), image.bytes);
  }
  return name;
}

/** Hex SHA-256 of a file of any size. */
export async function fileHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** A dataset that somebody has is never written over. */
export async function refuseToOverwrite(out: string, named: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(out);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw configError("DATASET_EXISTS", `${named} cannot be used as a folder: ${errorMessage(error)}`, error);
  }
  if (names.length > 0) {
    throw configError(
      "DATASET_EXISTS",
      `${named} is not empty; name another folder with --out, or remove it`,
    );
  }
}

/** What the system said, as an error that names the mend. */
export function writeError(error: unknown, out: string): unknown {
  if (AndroidGenError.isInstance(error)) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return configError(
      "DISK_FULL",
      `${out}: the disk is full; the database is untouched. Free room and export again.`,
      error,
    );
  }
  if (code === "EACCES" || code === "EROFS" || code === "EPERM") {
    return configError(
      "DATASET_NOT_WRITABLE",
      `${out}: cannot write (${errorMessage(error)}); name another folder with --out`,
      error,
    );
  }
  return error;
}
