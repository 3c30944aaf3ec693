import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { configError, errorMessage } from "../../errors.ts";
import type { Store, StoredCall, StoredPart } from "../../store/index.ts";

type Picture = Extract<StoredPart, { type: "image" }>;

/**
 * Writes the pictures of calls into a folder, which is made where there is none. Gives hash → file.
 *
 * Throws `OUT_NOT_WRITABLE` (class `config`), and `BLOB_MISSING` where a recorded file is gone.
 */
export async function writePictures(
  store: Store,
  calls: readonly StoredCall[],
  folder: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { sha256, mediaType } of calls.flatMap(picturesOf)) {
    if (files.has(sha256)) continue;
    const blob = { sha256, media_type: mediaType };
    const file = path.join(folder, path.basename(store.blobs.path(blob)));
    await write(file, await store.blobs.get(blob));
    files.set(sha256, file);
  }
  return files;
}

function picturesOf({ messages }: StoredCall): Picture[] {
  return messages.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.filter((part) => part.type === "image"),
  );
}

async function write(file: string, bytes: Buffer): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  } catch (error) {
    throw configError("OUT_NOT_WRITABLE", `${file}: cannot be written (${errorMessage(error)})`, error);
  }
}
