import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ShellOutput, stdinPackets } from "../../../src/device/adb/shell-protocol.ts";

const packet = (id: number, data: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(id, 0);
  head.writeUInt32LE(data.length, 1);
  return Buffer.concat([head, data]);
};

test("output is put together again however it was cut on the way", () => {
  const bytes = fc.uint8Array().map((array) => Buffer.from(array));
  const part = fc.record({ id: fc.constantFrom(1, 2), data: bytes });
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat(2000)), fc.nat(255), (parts, cuts, code) => {
      const whole = Buffer.concat([
        ...parts.map(({ id, data }) => packet(id, data)),
        packet(3, Buffer.from([code])),
      ]);
      const output = new ShellOutput();
      let at = 0;
      for (const cut of [...cuts, whole.length].sort((a, b) => a - b)) {
        output.add(whole.subarray(at, cut));
        at = Math.max(at, Math.min(cut, whole.length));
      }
      const of = (id: number): Buffer =>
        Buffer.concat(parts.filter((one) => one.id === id).map((one) => one.data));
      expect(output.stdout.equals(of(1))).toBe(true);
      expect(output.stderr.equals(of(2))).toBe(true);
      expect(output.exitCode).toBe(code);
    }),
  );
});

test("there is no exit code before its packet is whole", () => {
  const output = new ShellOutput();
  output.add(packet(3, Buffer.from([7])).subarray(0, 5));
  expect(output.exitCode).toBeUndefined();
  output.add(Buffer.from([7]));
  expect(output.exitCode).toBe(7);
});

test("input is followed by its end", () => {
  expect(stdinPackets(Buffer.from("hi"))).toEqual(Buffer.from("\0\x02\0\0\0hi\x04\0\0\0\0", "latin1"));
  expect(stdinPackets(undefined)).toEqual(Buffer.from("\x04\0\0\0\0", "latin1"));
});
