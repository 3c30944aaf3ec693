import type { Readable, Writable } from "node:stream";

/**
 * Exactly `size` bytes from a stream that nobody else reads; what follows stays in the stream.
 * Undefined where the stream ends before the first byte; throws where it ends in the middle.
 */
export async function readExactly(stream: Readable, size: number): Promise<Buffer | undefined> {
  if (size === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk = stream.read(size) as Buffer | null;
    if (chunk?.length === size) return chunk;
    if (chunk !== null) throw new Error(`stream ended after ${chunk.length} of ${size} bytes`);
    if (stream.errored) throw stream.errored;
    if (stream.readableEnded || stream.destroyed) return undefined;
    await nextEvent(stream, ["readable", "end", "close", "error"]);
  }
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
  if (!stream.write(chunk)) await nextEvent(stream, ["drain", "close", "error"]);
}

function nextEvent(stream: Readable | Writable, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
