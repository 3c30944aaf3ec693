import { Readable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  Command,
  encodeHeader,
  maxPayload,
  type Packet,
  readPacket,
} from "../../../../src/sim/adb/protocol/packet.ts";
import { pieces, splitAt } from "../pieces.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
const packet = fc.record({
  command: fc.constantFrom(...Object.values(Command)),
  arg0: word,
  arg1: word,
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

function encode(item: Packet, withChecksum: boolean): Buffer {
  return Buffer.concat([encodeHeader(item, withChecksum), item.payload]);
}

async function readAll(stream: Readable, hasChecksum: boolean): Promise<Packet[]> {
  const packets: Packet[] = [];
  for (;;) {
    const next = await readPacket(stream, hasChecksum);
    if (next === undefined) return packets;
    packets.push(next);
  }
}

describe("packets", () => {
  test("come out as they went in, wherever the bytes are split", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(packet, { maxLength: 6 }),
        pieces,
        fc.boolean(),
        async (packets, cuts, sums) => {
          // A CNXN of a newer version carries no checksum, whatever is in force.
          const sent = packets.map((item) =>
            item.command === Command.connect ? { ...item, arg0: 0 } : item,
          );
          const bytes = Buffer.concat(
            sent.map((item) => encode(item, sums || item.command === Command.connect)),
          );
          expect(await readAll(Readable.from(splitAt(bytes, cuts), { objectMode: false }), sums)).toEqual(
            sent,
          );
        },
      ),
    );
  });

  const okay: Packet = { command: Command.okay, arg0: 1, arg1: 2, payload: Buffer.from("abc") };

  test("are refused with a wrong magic, length or checksum, or cut off", async () => {
    const read = (bytes: Buffer) => readPacket(Readable.from([bytes], { objectMode: false }), true);
    const spoilt = (offset: number, value: number) => {
      const bytes = encode(okay, true);
      bytes.writeUInt32LE(value, offset);
      return bytes;
    };
    await expect(read(spoilt(20, 0))).rejects.toThrow("not an adb packet");
    await expect(read(spoilt(12, maxPayload + 1))).rejects.toThrow("more than 1048576");
    await expect(read(spoilt(16, 5))).rejects.toThrow("wrong checksum");
    await expect(read(encode(okay, true).subarray(0, 25))).rejects.toThrow("ended after 1 of 3 bytes");
    await expect(read(encode(okay, true).subarray(0, 9))).rejects.toThrow("ended after 9 of 24 bytes");
  });

  test("need no checksum from version 0x01000001 on", async () => {
    const bytes = encode(okay, false);
    expect(await readAll(Readable.from([bytes], { objectMode: false }), false)).toEqual([okay]);
    await expect(readAll(Readable.from([bytes], { objectMode: false }), true)).rejects.toThrow("checksum");
  });
});
