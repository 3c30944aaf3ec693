/**
 * Framing of `shell,v2`: each packet is an id byte, a little-endian 32-bit length and the data
 * (AOSP packages/modules/adb/shell_protocol.h).
 */
const stdin = 0;
const stdout = 1;
const stderr = 2;
const exit = 3;
const closeStdin = 4;

const headerLength = 5;

/** What a command left behind, byte for byte. */
export interface RawResult {
  stdout: Buffer;
  stderr: Buffer;
  exitCode: number;
}

/** Bytes for the command's standard input, and its end. */
export function stdinPackets(input: Buffer | undefined): Buffer {
  const data = input === undefined || input.length === 0 ? [] : [packet(stdin, input)];
  return Buffer.concat([...data, packet(closeStdin, Buffer.alloc(0))]);
}

function packet(id: number, data: Buffer): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(id, 0);
  header.writeUInt32LE(data.length, 1);
  return Buffer.concat([header, data]);
}

/** Collects what a command writes until its exit packet has come. */
export class ShellOutput {
  private readonly out: Buffer[] = [];
  private readonly err: Buffer[] = [];
  /** What has come of the next packet, and how much of it is needed to go on. */
  private pieces: Buffer[] = [];
  private held = 0;
  private needed = headerLength;
  exitCode: number | undefined;

  add(chunk: Buffer): void {
    this.pieces.push(chunk);
    this.held += chunk.length;
    // Joined when it is whole, not at every piece: a packet may be large.
    if (this.held < this.needed) return;
    let data = this.pieces.length === 1 ? chunk : Buffer.concat(this.pieces);
    this.needed = packetLength(data);
    while (data.length >= this.needed) {
      this.take(data.readUInt8(0), data.subarray(headerLength, this.needed));
      data = data.subarray(this.needed);
      this.needed = packetLength(data);
    }
    this.pieces = [data];
    this.held = data.length;
  }

  get stdout(): Buffer {
    return Buffer.concat(this.out);
  }

  get stderr(): Buffer {
    return Buffer.concat(this.err);
  }

  private take(id: number, data: Buffer): void {
    if (id === stdout) this.out.push(data);
    else if (id === stderr) this.err.push(data);
    else if (id === exit) this.exitCode = data.length > 0 ? data.readUInt8(0) : 0;
  }
}

/** Of the packet that begins here; of its header where not even that is whole. */
function packetLength(data: Buffer): number {
  return headerLength + (data.length < headerLength ? 0 : data.readUInt32LE(1));
}
