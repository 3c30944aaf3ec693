/**
 * File transfer by adb's sync service (AOSP packages/modules/adb/SYNC.TXT). adbkit's own ends a pull
 * before it knows whether the pull failed, so that a missing file looks like an empty one.
 */
import { once } from "node:events";
import { infraError } from "../../errors.ts";
import type { TransferOptions } from "../device.ts";
import { type AdbConnection, readBytes } from "./server.ts";

/** The protocol's bound on one block of data. */
const blockLength = 64 * 1024;
const regularFile = 0o100_000;

/** Writes a file on the device, dated now. Throws `PUSH_FAILED` (`infra`) with the device's words. */
export async function sendFile(
  connection: AdbConnection,
  content: Buffer,
  path: string,
  mode: number,
  { onProgress }: TransferOptions = {},
): Promise<void> {
  // What the device has against a file it may say at any time, and then it reads no more of it.
  const answer = readHead(connection);
  const answered = new AbortController();
  const stop = (): void => answered.abort();
  const end = answer.then(stop, stop);
  writeText(connection, "SEND", `${path},${regularFile | mode}`);
  for (let at = 0; at < content.length && !answered.signal.aborted; at += blockLength) {
    const block = content.subarray(at, at + blockLength);
    writeHead(connection, "DATA", block.length);
    if (!connection.socket.write(block)) await Promise.race([once(connection.socket, "drain"), end]);
    onProgress?.({ bytes: at + block.length, total: content.length });
  }
  writeHead(connection, "DONE", Math.floor(Date.now() / 1000));
  const { id, length } = await answer;
  if (id === "OKAY") return;
  throw await failure(connection, "PUSH_FAILED", `pushing ${path}`, id, length);
}

/** Reads a file of the device. Throws `PULL_FAILED` (`infra`) with the device's words. */
export async function receiveFile(
  connection: AdbConnection,
  path: string,
  { onProgress }: TransferOptions = {},
): Promise<Buffer> {
  const total = onProgress === undefined ? 0 : await fileSize(connection, path);
  writeText(connection, "RECV", path);
  const blocks: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const { id, length } = await readHead(connection);
    if (id === "DONE") return Buffer.concat(blocks);
    if (id !== "DATA") throw await failure(connection, "PULL_FAILED", `pulling ${path}`, id, length);
    if (length === 0) continue;
    blocks.push(await readBytes(connection, length));
    bytes += length;
    // A file may have grown since it was asked for its size.
    onProgress?.({ bytes, total: Math.max(total, bytes) });
  }
}

/** By `STAT`, the request that every device knows: mode, size and time; all 0 for what is not there. */
async function fileSize(connection: AdbConnection, path: string): Promise<number> {
  writeText(connection, "STAT", path);
  const answer = await readBytes(connection, 16);
  if (answer.toString("latin1", 0, 4) !== "STAT") {
    throw infraError("PULL_FAILED", `pulling ${path}: the device answered no STAT`);
  }
  return answer.readUInt32LE(8);
}

function writeHead(connection: AdbConnection, id: string, value: number): void {
  const head = Buffer.alloc(8);
  head.write(id, "latin1");
  head.writeUInt32LE(value, 4);
  connection.write(head);
}

function writeText(connection: AdbConnection, id: string, text: string): void {
  const bytes = Buffer.from(text);
  writeHead(connection, id, bytes.length);
  connection.write(bytes);
}

async function readHead(connection: AdbConnection): Promise<{ id: string; length: number }> {
  const head = await readBytes(connection, 8);
  return { id: head.toString("latin1", 0, 4), length: head.readUInt32LE(4) };
}

async function failure(
  connection: AdbConnection,
  code: string,
  what: string,
  id: string,
  length: number,
): Promise<Error> {
  if (id !== "FAIL") return infraError(code, `${what}: the device answered ${JSON.stringify(id)}`);
  return infraError(code, `${what}: ${(await readBytes(connection, length)).toString()}`);
}
