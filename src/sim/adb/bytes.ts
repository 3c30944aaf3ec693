import type { Readable, Writable } from "node:stream";

/**
 * Exactly `size` bytes from a stream that nobody else reads; what follows stays in the stream.
 * Undefined where the stream ends before the first byte; throws where it ends in the middle.
 */
export function readExactly(stream: Readable, size: number): Promise<Buffer | undefined> {
  if (size === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    // One listener for the whole wait: adding one while bytes are buffered fires it at once.
    const events = ["readable", "end", "close", "error"];
    const finish = (settle: () => void) => {
      for (const event of events) stream.off(event, attempt);
      settle();
    };
    const attempt = () => {
      const chunk = stream.read(size) as Buffer | null;
      if (chunk?.length === size) return finish(() => resolve(chunk));
      if (chunk !== null) {
        return finish(() => reject(new Error(`stream ended after ${chunk.length} of ${size} bytes`)));
      }
      const { errored } = stream;
      if (errored) return finish(() => reject(errored));
      if (stream.readableEnded || stream.destroyed) return finish(() => resolve(undefined));
    };
    for (const event of events) stream.on(event, attempt);
    attempt();
  });
}

/** Like `readExactly`, where an end of the stream is a fault of the other side. */
export async function readFully(stream: Readable, size: number): Promise<Buffer> {
  const bytes = await readExactly(stream, size);
  if (bytes === undefined) throw new Error(`stream ended where ${size} bytes were due`);
  return bytes;
}

/** Writes and waits until the stream takes more. Resolves too when the stream is gone. */
export async function writeAll(stream: Writable, chunk: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return;
  if (stream.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const events = ["drain", "close", "error"];
    const done = () => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
