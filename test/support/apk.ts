import { readZipFile } from "../../src/sim/apk/zip.ts";

const manifest = "AndroidManifest.xml";

/**
 * An APK that says it is of another version, as a simulated phone reads it: an archive of the manifest alone. Both
 * versions must be of the same length.
 */
export function ofVersion(apk: Buffer, from: string, to: string): Buffer {
  const content = Buffer.from(readZipFile(apk, manifest)!);
  let at = -1;
  // Strings of a binary manifest are UTF-8 or UTF-16.
  for (const encoding of ["utf8", "utf16le"] as const) {
    while ((at = content.indexOf(from, at + 1, encoding)) >= 0) content.write(to, at, encoding);
  }
  return archiveOf(manifest, content);
}

/** A ZIP archive of one file that is not compressed (PKWARE APPNOTE.TXT, 4.3). */
function archiveOf(name: string, content: Buffer): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt32LE(content.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(content.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + content.length, 16);
  return Buffer.concat([local, Buffer.from(name), content, entry, Buffer.from(name), end]);
}
