import { type FileHandle, open } from "node:fs/promises";

/** One line of a file, as its bytes lie there. */
export interface FileLine {
  /** From 1. */
  number: number;
  /** Of its first byte. */
  offset: number;
  /** Without the line feed. */
  bytes: Buffer;
  /** A line feed ends it; only the last line of a file can lack one. */
  ended: boolean;
}

const blockBytes = 65_536;
const lineFeed = 0x0a;

/**
 * The lines of a file, one after the other, whatever its size. A line longer than `longest` bytes comes cut to
 * that length and one byte more, so that its reader can tell; the rest of it is passed over.
 */
export async function* fileLines(file: string, longest: number): AsyncGenerator<FileLine> {
  const handle = await open(file, "r");
  try {
    yield* linesOf(handle, longest + 1);
  } finally {
    await handle.close();
  }
}

async function* linesOf(handle: FileHandle, kept: number): AsyncGenerator<FileLine> {
  let pieces: Buffer[] = [];
  let length = 0;
  let number = 1;
  let start = 0;
  let position = 0;
  const add = (piece: Buffer) => {
    const left = Math.max(0, kept - length);
    if (left > 0) pieces.push(Buffer.from(piece.subarray(0, left)));
    length += piece.length;
  };
  const take = (ended: boolean): FileLine => {
    const line = { number: number++, offset: start, bytes: Buffer.concat(pieces), ended };
    pieces = [];
    length = 0;
    return line;
  };

  const block = Buffer.alloc(blockBytes);
  for (;;) {
    const { bytesRead } = await handle.read(block, 0, blockBytes, position);
    if (bytesRead === 0) break;
    let from = 0;
    for (;;) {
      const end = block.subarray(0, bytesRead).indexOf(lineFeed, from);
      if (end === -1) break;
      add(block.subarray(from, end));
      yield take(true);
      from = end + 1;
      start = position + from;
    }
    add(block.subarray(from, bytesRead));
    position += bytesRead;
  }
  if (length > 0) yield take(false);
}
