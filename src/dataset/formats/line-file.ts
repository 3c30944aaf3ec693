import { open, type FileHandle } from "node:fs/promises";

/** A text file written piece by piece. */
export interface LineFile {
  write(text: string): Promise<void>;
  /** Text is on disk, not only in the system's cache, when this returns. */
  close(): Promise<void>;
}

export async function createLineFile(file: string): Promise<LineFile> {
  const handle: FileHandle = await open(file, "wx");
  return {
    async write(text) {
      await handle.write(text);
    },
    async close() {
      await handle.sync();
      await handle.close();
    },
  };
}
