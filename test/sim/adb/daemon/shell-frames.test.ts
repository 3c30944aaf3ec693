import { Readable } from "node:stream";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  encodeFrame,
  encodeOutput,
  FrameId,
  readFrame,
  type ShellFrame,
} from "../../../../src/sim/adb/daemon/shell-frames.ts";
import { pieces, splitAt } from "../pieces.ts";

test("shell frames come out as they went in, wherever the bytes are split", async () => {
  const frame = fc.record({
    id: fc.integer({ min: 0, max: 5 }),
    data: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 8 }), pieces, async (frames, cuts) => {
      const bytes = Buffer.concat(frames.map(({ id, data }) => encodeFrame(id, data)));
      const stream = Readable.from(splitAt(bytes, cuts), { objectMode: false });
      const read: ShellFrame[] = [];
      for (let next = await readFrame(stream); next !== undefined; next = await readFrame(stream)) {
        read.push(next);
      }
      expect(read).toEqual(frames);
    }),
  );
});

test("output larger than a payload of adb comes in several frames", async () => {
  const output = Buffer.alloc(2_500_000, "0123456789");
  const stream = Readable.from([encodeOutput(FrameId.stdout, output)], { objectMode: false });
  const read: ShellFrame[] = [];
  for (let next = await readFrame(stream); next !== undefined; next = await readFrame(stream)) {
    read.push(next);
  }
  expect(read.map(({ data }) => data.length + 5)).toEqual([1_048_576, 1_048_576, 402_863]);
  expect(Buffer.concat(read.map(({ data }) => data)).equals(output)).toBe(true);
});
