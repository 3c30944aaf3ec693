/** Frames of the `shell,v2` service: AOSP packages/modules/adb, shell_protocol.h. */
import type { Readable } from "node:stream";
import { readExactly, readFully } from "../bytes.ts";
import { maxPayload } from "../protocol/packet.ts";

export const FrameId = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  exit: 3,
  closeStdin: 4,
  windowSize: 5,
} as const;

export interface ShellFrame {
  id: number;
  data: Buffer;
}

const headerLength = 5;
const frameDataMax = maxPayload - headerLength;

/** One byte of kind and four of length, little-endian, before the data. */
export function encodeFrame(id: number, data: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerLength + data.length);
  frame.writeUInt8(id, 0);
  frame.writeUInt32LE(data.length, 1);
  frame.set(data, headerLength);
  return frame;
}

/** Output in as many frames as adbd needs for it: its buffer holds one payload (shell_protocol.h, `kBufferSize`). */
export function encodeOutput(id: number, data: Uint8Array): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < data.length; at += frameDataMax) {
    frames.push(encodeFrame(id, data.subarray(at, at + frameDataMax)));
  }
  return Buffer.concat(frames);
}

/** The next frame, or undefined at the end of the stream. */
export async function readFrame(stream: Readable): Promise<ShellFrame | undefined> {
  const header = await readExactly(stream, headerLength);
  if (header === undefined) return undefined;
  return { id: header.readUInt8(0), data: await readFully(stream, header.readUInt32LE(1)) };
}
