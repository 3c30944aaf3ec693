/** The packets of the ADB wire protocol: AOSP packages/modules/adb, docs/dev/protocol.md. */
import type { Readable } from "node:stream";
import { readExactly, readFully } from "../bytes.ts";

export const Command = {
  connect: 0x4e584e43, // CNXN
  auth: 0x48545541, // AUTH
  startTls: 0x534c5453, // STLS
  open: 0x4e45504f, // OPEN
  okay: 0x59414b4f, // OKAY
  write: 0x45545257, // WRTE
  close: 0x45534c43, // CLSE
} as const;

/** From this version on the payload checksum is left out: TCP and USB have their own. */
export const versionSkipChecksum = 0x01000001;
export const versionMin = 0x01000000;
export const maxPayload = 1024 * 1024;
const headerSize = 24;

export interface Packet {
  command: number;
  arg0: number;
  arg1: number;
  payload: Buffer;
}

/** Header of a packet: six little-endian words; the last is the command with every bit turned. */
export function encodeHeader(packet: Packet, withChecksum: boolean): Buffer {
  const header = Buffer.allocUnsafe(headerSize);
  header.writeUInt32LE(packet.command, 0);
  header.writeUInt32LE(packet.arg0, 4);
  header.writeUInt32LE(packet.arg1, 8);
  header.writeUInt32LE(packet.payload.length, 12);
  header.writeUInt32LE(withChecksum ? checksum(packet.payload) : 0, 16);
  header.writeUInt32LE((packet.command ^ 0xffffffff) >>> 0, 20);
  return header;
}

/**
 * The next packet, or undefined at the end of the stream. Throws on a malformed header, an oversized
 * payload or a wrong checksum; the protocol then demands that the connection is closed.
 *
 * @param hasChecksum whether the version in force, or the one a CNXN announces, has checksums.
 */
export async function readPacket(stream: Readable, hasChecksum: boolean): Promise<Packet | undefined> {
  const header = await readExactly(stream, headerSize);
  if (header === undefined) return undefined;
  const command = header.readUInt32LE(0);
  const length = header.readUInt32LE(12);
  if (header.readUInt32LE(20) !== (command ^ 0xffffffff) >>> 0) {
    throw new Error(`not an adb packet: command ${hex(command)} with magic ${hex(header.readUInt32LE(20))}`);
  }
  if (length > maxPayload) {
    throw new Error(`adb packet ${hex(command)} of ${length} bytes, more than ${maxPayload}`);
  }
  const packet = {
    command,
    arg0: header.readUInt32LE(4),
    arg1: header.readUInt32LE(8),
    payload: await readFully(stream, length),
  };
  const checked = command === Command.connect ? packet.arg0 < versionSkipChecksum : hasChecksum;
  if (checked && header.readUInt32LE(16) !== checksum(packet.payload)) {
    throw new Error(`adb packet ${hex(command)} with a wrong checksum`);
  }
  return packet;
}

/** Called a CRC in the protocol; it is the sum of all bytes. */
function checksum(payload: Buffer): number {
  let sum = 0;
  for (const byte of payload) sum += byte;
  return sum >>> 0;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
