/** Records of the `sync:` service: AOSP packages/modules/adb, file_sync_protocol.h, docs/dev/sync.md. */

/** Most bytes in one DATA record. */
export const syncDataMax = 64 * 1024;
/** Most bytes of a path in a request. */
export const syncPathMax = 1024;

export interface SyncStat {
  /** Type and permission bits, as in `st_mode`. */
  mode: number;
  size: number;
  /** Seconds since the epoch. */
  mtime: number;
}

/** Id and one number: the head of every request, and of DATA, DONE, OKAY and FAIL. */
export function encodeHead(id: string, value: number): Buffer {
  const head = Buffer.allocUnsafe(8);
  head.write(id, 0, 4, "latin1");
  head.writeUInt32LE(value, 4);
  return head;
}

export function decodeHead(head: Buffer): { id: string; value: number } {
  return { id: head.toString("latin1", 0, 4), value: head.readUInt32LE(4) };
}

export function encodeFail(reason: string): Buffer {
  const text = Buffer.from(reason);
  return Buffer.concat([encodeHead("FAIL", text.length), text]);
}

/** `STAT`: all zero where there is no such file. Sizes from 4 GiB wrap, as they do in adb. */
export function encodeStatV1(stat: SyncStat | undefined): Buffer {
  const record = Buffer.alloc(16);
  record.write("STAT", 0, 4, "latin1");
  if (stat !== undefined) writeV1(record, stat);
  return record;
}

/** `STA2` or `LST2`: an errno, or 0 and the stat. */
export function encodeStatV2(id: "STA2" | "LST2", stat: SyncStat | { errno: number }): Buffer {
  const record = Buffer.alloc(72);
  record.write(id, 0, 4, "latin1");
  writeV2(record, stat);
  return record;
}

export function encodeEntryV1(name: string, stat: SyncStat): Buffer {
  const record = Buffer.alloc(20);
  record.write("DENT", 0, 4, "latin1");
  writeV1(record, stat);
  return withName(record, name);
}

export function encodeEntryV2(name: string, stat: SyncStat | { errno: number }): Buffer {
  const record = Buffer.alloc(76);
  record.write("DNT2", 0, 4, "latin1");
  writeV2(record, stat);
  return withName(record, name);
}

/** The end of a listing: DONE in the shape of an entry without a name. */
export function encodeListEnd(version: 1 | 2): Buffer {
  const record = Buffer.alloc(version === 1 ? 20 : 76);
  record.write("DONE", 0, 4, "latin1");
  return record;
}

function writeV1(record: Buffer, stat: SyncStat): void {
  record.writeUInt32LE(stat.mode, 4);
  record.writeUInt32LE(stat.size >>> 0, 8);
  record.writeUInt32LE(stat.mtime >>> 0, 12);
}

/** error, dev, ino, mode, nlink, uid, gid, size, atime, mtime, ctime. */
function writeV2(record: Buffer, stat: SyncStat | { errno: number }): void {
  if ("errno" in stat) {
    record.writeUInt32LE(stat.errno, 4);
    return;
  }
  record.writeUInt32LE(stat.mode, 24);
  record.writeUInt32LE(1, 28);
  record.writeBigUInt64LE(BigInt(stat.size), 40);
  for (const offset of [48, 56, 64]) record.writeBigInt64LE(BigInt(stat.mtime), offset);
}

function withName(record: Buffer, name: string): Buffer {
  const bytes = Buffer.from(name);
  record.writeUInt32LE(bytes.length, record.length - 4);
  return Buffer.concat([record, bytes]);
}
