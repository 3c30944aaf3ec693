/** The `sync:` service. Its texts are those of AOSP packages/modules/adb, daemon/file_sync_service.cpp. */
import type { Duplex } from "node:stream";
import type { SimFileStat } from "../../system/services.ts";
import { readExactly, readFully, writeAll } from "../bytes.ts";
import type { AdbHost } from "../host.ts";
import { describeErrno } from "./errno.ts";
import {
  decodeHead,
  encodeEntryV1,
  encodeEntryV2,
  encodeFail,
  encodeHead,
  encodeListEnd,
  encodeStatV1,
  encodeStatV2,
  syncDataMax,
  type SyncStat,
  syncPathMax,
} from "./sync-format.ts";

const typeBits = { file: 0o100000, directory: 0o040000, symlink: 0o120000 };
const typeMask = 0o170000;

/** Ends the session: the reason is sent as FAIL, then the stream closes, as adbd does. */
class SyncFailure extends Error {}

/** Serves requests until QUIT, a failed transfer or the end of the stream. */
export async function serveSync(stream: Duplex, host: AdbHost): Promise<void> {
  try {
    for (;;) {
      const head = await readExactly(stream, 8);
      if (head === undefined) return;
      const { id, value: length } = decodeHead(head);
      if (length > syncPathMax) throw new SyncFailure("path too long");
      const path = (await readFully(stream, length)).toString();
      if (id === "QUIT") return;
      await serveRequest(id, path, stream, host);
    }
  } catch (error) {
    if (!(error instanceof SyncFailure)) throw error;
    await writeAll(stream, encodeFail(error.message));
  }
}

async function serveRequest(id: string, path: string, stream: Duplex, host: AdbHost): Promise<void> {
  switch (id) {
    case "STAT":
      return writeAll(stream, encodeStatV1(statOrUndefined(host, path)));
    case "STA2":
    case "LST2":
      return writeAll(stream, encodeStatV2(id, statOrErrno(host, path)));
    case "LIST":
      return list(path, 1, stream, host);
    case "LIS2":
      return list(path, 2, stream, host);
    case "SEND": {
      const comma = path.lastIndexOf(",");
      if (comma < 0) throw new SyncFailure("missing , in ID_SEND_V1");
      const mode = Number(path.slice(comma + 1));
      if (!Number.isInteger(mode)) throw new SyncFailure("bad mode");
      return receiveFile(path.slice(0, comma), mode, stream, host);
    }
    case "SND2": {
      const setup = await readFully(stream, 12);
      refuseFlags(setup.readUInt32LE(8));
      return receiveFile(path, setup.readUInt32LE(4), stream, host);
    }
    case "RECV":
      return sendFile(path, stream, host);
    case "RCV2":
      refuseFlags((await readFully(stream, 8)).readUInt32LE(4));
      return sendFile(path, stream, host);
    default:
      throw new SyncFailure(`unknown command ${Buffer.from(id, "latin1").readUInt32LE(0).toString(16)}`);
  }
}

/** No compression is announced, so no flag is known. */
function refuseFlags(flags: number): void {
  if (flags !== 0) throw new SyncFailure(`unknown flags: ${flags}`);
}

async function list(path: string, version: 1 | 2, stream: Duplex, host: AdbHost): Promise<void> {
  let names: string[] = [];
  try {
    names = host.files.list(path);
  } catch {
    // A folder that cannot be listed is an empty list in this protocol; there is no word for why.
  }
  for (const name of [".", "..", ...names]) {
    const stat = statOrErrno(host, `${path}/${name}`);
    if (version === 2) await writeAll(stream, encodeEntryV2(name, stat));
    else if (!("errno" in stat)) await writeAll(stream, encodeEntryV1(name, stat));
  }
  await writeAll(stream, encodeListEnd(version));
}

async function sendFile(path: string, stream: Duplex, host: AdbHost): Promise<void> {
  await host.delay("sync");
  const content = attempt("open failed", () => host.files.read(path));
  for (let at = 0; at < content.length; at += syncDataMax) {
    const piece = content.subarray(at, at + syncDataMax);
    stream.write(encodeHead("DATA", piece.length));
    await writeAll(stream, piece);
  }
  await writeAll(stream, encodeHead("DONE", 0));
}

async function receiveFile(path: string, mode: number, stream: Duplex, host: AdbHost): Promise<void> {
  await host.delay("sync");
  const { content, mtime } = await receiveContent(stream);
  if ((mode & typeMask) === typeBits.symlink) {
    throw new SyncFailure("symlink failed: Operation not permitted");
  }
  attempt("couldn't create file", () => {
    if (host.files.exists(path) && host.files.stat(path).kind === "directory") {
      throw Object.assign(new Error(path), { code: "EISDIR" });
    }
    host.files.write(path, content, { mode: mode & 0o777, mtime: mtime * 1000 });
  });
  await writeAll(stream, encodeHead("OKAY", 0));
}

/** DATA records up to DONE, whose number is the time of modification in seconds. */
async function receiveContent(stream: Duplex): Promise<{ content: Buffer; mtime: number }> {
  const pieces: Buffer[] = [];
  for (;;) {
    const { id, value } = decodeHead(await readFully(stream, 8));
    if (id === "DONE") return { content: Buffer.concat(pieces), mtime: value };
    if (id !== "DATA") throw new SyncFailure("invalid data message");
    if (value > syncDataMax) throw new SyncFailure("oversize data message");
    pieces.push(await readFully(stream, value));
  }
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new SyncFailure(`${what}: ${describeErrno(error).text}`);
  }
}

function statOrErrno(host: AdbHost, path: string): SyncStat | { errno: number } {
  try {
    return wireStat(host.files.stat(path));
  } catch (error) {
    return { errno: describeErrno(error).errno };
  }
}

function statOrUndefined(host: AdbHost, path: string): SyncStat | undefined {
  const stat = statOrErrno(host, path);
  return "errno" in stat ? undefined : stat;
}

function wireStat(stat: SimFileStat): SyncStat {
  return {
    mode: typeBits[stat.kind] | (stat.mode & 0o7777),
    size: stat.size,
    mtime: Math.floor(stat.mtime / 1000),
  };
}
