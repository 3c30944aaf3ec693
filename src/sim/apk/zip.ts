/** Reads files out of a ZIP archive (PKWARE APPNOTE.TXT), as far as APKs use the format. */
import { inflateRawSync } from "node:zlib";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** The record at the end and the longest comment behind it. */
const longestEnd = 22 + 0xffff;

export class ZipError extends Error {
  override readonly name = "ZipError";
}

/** The content of one file, or undefined where the archive has none of that name. Throws a {@link ZipError}. */
export function readZipFile(archive: Buffer, name: string): Buffer | undefined {
  let at = directoryOf(archive);
  for (let entries = entryCount(archive); entries > 0; entries--) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature)
      throw new ZipError("the central directory is damaged");
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) return contentOf(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return undefined;
}

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - longestEnd);
  for (let at = archive.length - 22; at >= first; at--) {
    if (archive.readUInt32LE(at) === endSignature) return at;
  }
  throw new ZipError("not a ZIP archive");
}

function entryCount(archive: Buffer): number {
  return archive.readUInt16LE(endOf(archive) + 10);
}

function directoryOf(archive: Buffer): number {
  return archive.readUInt32LE(endOf(archive) + 16);
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const compressed = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== localSignature)
    throw new ZipError("a file of the archive is not where it should be");
  // The local header has an extra field of its own length.
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + compressed);
  if (bytes.length < compressed) throw new ZipError("the archive ends within a file");
  if (method === 0) return bytes;
  if (method === 8) return inflate(bytes, archive.readUInt32LE(entry + 24));
  throw new ZipError(`unknown compression method ${method}`);
}

function inflate(bytes: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new ZipError("a file of the archive is damaged", { cause: error });
  }
}
