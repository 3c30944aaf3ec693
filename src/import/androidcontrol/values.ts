import { createReadStream } from "node:fs";
import { limits } from "../limits.ts";

/** One JSON object of a file, and the line it begins on. */
export interface JsonValue {
  line: number;
  /** Cut after `limits.lineBytes` and one byte more. */
  bytes: Buffer;
}

const [openBrace, closeBrace, quote, backslash, lineFeed] = [0x7b, 0x7d, 0x22, 0x5c, 0x0a];

/**
 * The objects of a JSON file one after the other, whatever its size: those of a list, or a single one. What stands
 * between them is passed over; each object is for its reader to check.
 */
export async function* jsonValues(file: string): AsyncGenerator<JsonValue> {
  let line = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let begin = 1;
  let pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer) => {
    const left = limits.lineBytes + 1 - length;
    if (left > 0) pieces.push(piece.subarray(0, left));
    length += piece.length;
  };
  const take = (): JsonValue => {
    const value = { line: begin, bytes: Buffer.concat(pieces) };
    pieces = [];
    length = 0;
    return value;
  };

  for await (const block of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let i = 0; i < block.length; i++) {
      const byte = block[i];
      if (byte === lineFeed) line++;
      if (escaped) escaped = false;
      else if (inString) {
        if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = depth > 0;
      else if (byte === openBrace && depth++ === 0) {
        begin = line;
        from = i;
      } else if (byte === closeBrace && depth > 0 && --depth === 0) {
        add(block.subarray(from, i + 1));
        yield take();
      }
    }
    if (depth > 0) add(block.subarray(from));
  }
  // The file ends within it: its reader says that it is no JSON.
  if (depth > 0) yield take();
}
