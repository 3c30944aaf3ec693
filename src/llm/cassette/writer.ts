import type { FileHandle } from "node:fs/promises";
import { tapeError } from "./tape.ts";

/** Appends lines to a file that nobody else writes. */
export interface LineWriter {
  /** Ends when the line is on disk. Lines that come together share one fsync. */
  append(line: string): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

interface Waiting {
  line: string;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Owns the handle, and closes it. `end` is the byte after the last whole line. */
export function createLineWriter(handle: FileHandle, file: string, end: number): LineWriter {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let position = end;

  const write = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const bytes = Buffer.from(batch.map(({ line }) => line).join(""), "utf8");
        await writeAll(handle, bytes, position);
        await handle.datasync();
        position += bytes.length;
        for (const { done } of batch) done();
      } catch (error) {
        // The next batch goes over what this one left, so that no half line ever stands between two whole ones.
        for (const { failed } of batch) failed(tapeError(error, file));
      }
    }
    writing = undefined;
  };

  return {
    append: (line) =>
      new Promise<void>((done, failed) => {
        waiting.push({ line, done, failed });
        writing ??= write();
      }),
    async close() {
      await writing;
      await handle.truncate(position);
      await handle.close();
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}
