import { posix } from "node:path";
import { breathe } from "./breathe.ts";
import { bytesToLatin1, latin1ToBytes } from "./bytes.ts";
import type { IFileSystem } from "just-bash";
import { SimFileError, type FileStore } from "../system/files.ts";
import type { SimFileStat } from "../system/services.ts";

type Encoding = string | { encoding?: string | null } | undefined;
type FsStat = Awaited<ReturnType<IFileSystem["stat"]>>;
type ByteString = Awaited<ReturnType<NonNullable<IFileSystem["readFileBytes"]>>>;

/** Files that a running command's output goes to, by path. */
export type Sinks = Map<string, (chunk: Uint8Array) => void>;

/** Where writing does nothing, and reading gives nothing. */
const voids = new Set(["/dev/null", "/dev/tty"]);

/**
 * The phone's files as just-bash sees them. Writes to a sink's path leave the file system: that is
 * how output of a command streams out with its bytes as they are.
 */
export function createFileSystem(files: FileStore, sinks: Sinks): IFileSystem {
  async function write(
    path: string,
    content: string | Uint8Array,
    encoding: Encoding,
    append: boolean,
  ): Promise<void> {
    await breathe();
    const bytes = toBytes(content, encoding);
    const sink = sinks.get(path);
    if (sink !== undefined) {
      if (bytes.length > 0) sink(bytes);
      return;
    }
    if (voids.has(path)) return;
    const parent = posix.dirname(path);
    if (!files.exists(parent)) throw new SimFileError("ENOENT", path);
    const old = append && files.exists(path) ? files.read(path) : new Uint8Array();
    const mode = files.exists(path) ? undefined : 0o644;
    files.write(path, Buffer.concat([old, bytes]), mode === undefined ? {} : { mode });
  }
  const read = (path: string): Uint8Array => (isDevice(path) ? new Uint8Array() : files.read(path));
  const isDevice = (path: string): boolean => voids.has(path) || sinks.has(path);
  const stat = (path: string, follow: boolean): FsStat => {
    if (isDevice(path)) return toFsStat({ kind: "file", mode: 0o666, size: 0, mtime: 0 }, path);
    const real = files.realpath(follow ? path : posix.dirname(path));
    return toFsStat(
      follow ? files.stat(path) : files.lstat(path),
      follow ? real : `${real}/${posix.basename(path)}`,
    );
  };

  function copy(from: string, to: string, recursive: boolean): void {
    const stat = files.lstat(from);
    if (stat.kind === "symlink") {
      files.remove(to);
      files.symlink(files.readlink(from), to);
    } else if (stat.kind === "file") files.write(to, files.read(from), { mode: stat.mode });
    else {
      if (!recursive) throw new SimFileError("EISDIR", from);
      files.mkdir(to);
      for (const name of files.list(from)) copy(`${from}/${name}`, `${to}/${name}`, true);
    }
  }

  return {
    readFile: async (path, options) => Buffer.from(read(path)).toString(nodeEncoding(options)),
    readFileBytes: async (path) => bytesToLatin1(read(path)) as unknown as ByteString,
    readFileBuffer: async (path) => new Uint8Array(read(path)),
    writeFile: (path, content, options) => write(path, content, options, false),
    appendFile: (path, content, options) => write(path, content, options, true),
    exists: async (path) => isDevice(path) || files.exists(path),
    stat: async (path) => stat(path, true),
    lstat: async (path) => stat(path, false),
    async mkdir(path, options) {
      if (options?.recursive !== true) {
        if (files.exists(path)) throw new SimFileError("EEXIST", path);
        if (!files.exists(posix.dirname(path))) throw new SimFileError("ENOENT", path);
      }
      files.mkdir(path);
    },
    readdir: async (path) => files.list(path),
    async readdirWithFileTypes(path) {
      return files.list(path).map((name) => {
        const { kind } = files.lstat(`${path}/${name}`);
        return {
          name,
          isFile: kind === "file",
          isDirectory: kind === "directory",
          isSymbolicLink: kind === "symlink",
        };
      });
    },
    async rm(path, options) {
      if (!hasEntry(files, path)) {
        if (options?.force === true) return;
        throw new SimFileError("ENOENT", path);
      }
      const folder = files.lstat(path).kind === "directory";
      if (folder && options?.recursive !== true && files.list(path).length > 0)
        throw new SimFileError("ENOTEMPTY", path);
      files.remove(path);
    },
    cp: async (from, to, options) => copy(from, to, options?.recursive === true),
    mv: async (from, to) => files.move(from, to),
    resolvePath: (base, path) => posix.resolve(base, path),
    getAllPaths: () => [],
    chmod: async (path, mode) => files.chmod(path, mode),
    symlink: async (target, path) => files.symlink(target, path),
    link: async (existing, path) => {
      if (files.exists(path)) throw new SimFileError("EEXIST", path);
      files.write(path, files.read(existing), { mode: files.stat(existing).mode });
    },
    readlink: async (path) => files.readlink(path),
    async realpath(path) {
      files.stat(path);
      return files.realpath(path);
    },
    utimes: async (path, _atime, mtime) => files.utimes(path, mtime.getTime()),
  };
}

function hasEntry(files: FileStore, path: string): boolean {
  try {
    files.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof SimFileError) return false;
    throw error;
  }
}

function toFsStat(stat: SimFileStat, identity: string): FsStat {
  return {
    isFile: stat.kind === "file",
    isDirectory: stat.kind === "directory",
    isSymbolicLink: stat.kind === "symlink",
    mode: stat.mode,
    size: stat.size,
    mtime: new Date(stat.mtime),
    identity,
  };
}

function nodeEncoding(options: Encoding): BufferEncoding {
  const encoding = typeof options === "string" ? options : options?.encoding;
  return encoding === "binary" ? "latin1" : ((encoding ?? "utf8") as BufferEncoding);
}

function toBytes(content: string | Uint8Array, options: Encoding): Uint8Array {
  if (typeof content !== "string") return content;
  const encoding = nodeEncoding(options);
  return encoding === "latin1" ? latin1ToBytes(content) : Buffer.from(content, encoding);
}
