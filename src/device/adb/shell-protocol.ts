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
  private rest: Buffer = Buffer.alloc(0);
  exitCode: number | undefined;

  add(chunk: Buffer): void {
    let data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    while (data.length >= headerLength) {
      const end = headerLength + data.readUInt32LE(1);
      if (data.length < end) break;
      this.take(data.readUInt8(0), data.subarray(headerLength, end));
      data = data.subarray(end);
    }
    this.rest = data;
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
