import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import PQueue from "p-queue";
import { configError } from "../errors.ts";
import { errorCode, storeError } from "./failure.ts";
import type { BlobTable } from "./schema.ts";

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Temporary files of a killed process are removed when they are older than any write can take. */
const staleMs = 3_600_000;
/** Writes at a time; each is a file descriptor and an fsync. */
const concurrentWrites = 8;

/** File name endings by media type. Texts are kept gzipped: they shrink to about a tenth. */
const endings: Record<string, string> = {
  "image/png": "png",
  "image/webp": "webp",
  "image/jpeg": "jpg",
  "application/json+gzip": "json.gz",
  "application/xml+gzip": "xml.gz",
};

/**
 * Files named by the SHA-256 of their bytes: `ab/abcd….webp`. A file appears under its name only whole and on
 * disk: it is written under a temporary name, fsynced and renamed, and only then may a row name it.
 */
export interface Blobs {
  /** Writes the bytes unless they are there already, and returns the row that names them. */
  put(bytes: Buffer, mediaType: string): Promise<BlobTable>;
  putText(text: string, kind: "json" | "xml"): Promise<BlobTable>;
  get(blob: Pick<BlobTable, "sha256" | "media_type">): Promise<Buffer>;
  getText(blob: Pick<BlobTable, "sha256" | "media_type">): Promise<string>;
  /** Where a blob lies. */
  path(blob: Pick<BlobTable, "sha256" | "media_type">): string;
}

export function createBlobs(folder: string): Blobs {
  const writes = new PQueue({ concurrency: concurrentWrites });
  const pathOf: Blobs["path"] = ({ sha256, media_type }) => {
    const ending = endings[media_type] ?? "bin";
    return path.join(folder, sha256.slice(0, 2), `${sha256}.${ending}`);
  };

  const blobs: Blobs = {
    path: pathOf,
    async put(bytes, mediaType) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const blob = { sha256, bytes: bytes.length, media_type: mediaType };
      try {
        await writes.add(() => writeOnce(folder, pathOf(blob), bytes));
      } catch (error) {
        throw storeError(error, folder);
      }
      return blob;
    },
    putText: async (text, kind) => blobs.put(await zip(text, { level: 1 }), `application/${kind}+gzip`),
    async get(blob) {
      try {
        return await readFile(pathOf(blob));
      } catch (error) {
        throw configError(
          "BLOB_MISSING",
          `The recorded file ${pathOf(blob)} cannot be read. Keep the folder ${folder} beside its database.`,
          error,
        );
      }
    },
    getText: async (blob) => (await unzip(await blobs.get(blob))).toString("utf8"),
  };
  return blobs;
}

async function writeOnce(folder: string, file: string, bytes: Buffer): Promise<void> {
  if (await exists(file)) return;
  const temporary = path.join(folder, "tmp", randomUUID());
  await mkdir(path.dirname(temporary), { recursive: true });
  try {
    await writeAndSync(temporary, bytes);
    const made = await mkdir(path.dirname(file), { recursive: true });
    await rename(temporary, file);
    // A new folder has to last as well.
    if (made !== undefined) await syncFolder(path.dirname(made));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

async function writeAndSync(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename durable, which the fsync of the file alone does not (fsync(2)). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed processes left half written. */
export async function removeStaleTemporaries(folder: string, now: number): Promise<void> {
  const temporaries = path.join(folder, "tmp");
  if (!(await exists(temporaries))) return;
  for (const name of await readdir(temporaries)) {
    const file = path.join(temporaries, name);
    const modified = await stat(file).catch(() => undefined);
    if (modified !== undefined && now - modified.mtimeMs > staleMs) await rm(file, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
