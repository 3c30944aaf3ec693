import type { SimClock, SimFiles, SimFileStat } from "./services.ts";

/** A failure of the file system, with the errno name that a shell tool or adb would report. */
export class SimFileError extends Error {
  readonly code: Errno;

  constructor(code: Errno, path: string) {
    super(`${code}: ${errnoTexts[code]}, '${path}'`);
    this.name = "SimFileError";
    this.code = code;
  }
}

const errnoTexts = {
  ENOENT: "no such file or directory",
  ENOTDIR: "not a directory",
  EISDIR: "is a directory",
  EEXIST: "file exists",
  ENOTEMPTY: "directory not empty",
  ELOOP: "too many levels of symbolic links",
  EINVAL: "invalid argument",
} as const;

type Errno = keyof typeof errnoTexts;

interface FileNode {
  kind: "file";
  mode: number;
  mtime: number;
  content: Uint8Array;
}

interface LinkNode {
  kind: "symlink";
  mode: number;
  mtime: number;
  target: string;
}

interface FolderNode {
  kind: "directory";
  mode: number;
  mtime: number;
  children: Map<string, Node>;
  /** Changed in place only by the generation that made it. */
  generation: number;
}

type Node = FileNode | LinkNode | FolderNode;

/** The whole file system at one instant, shared with the live one until that changes. */
export interface FilesState {
  readonly root: FolderNode;
}

/** `SimFiles` with what only the shell and snapshots need. */
export interface FileStore extends SimFiles {
  /** Does not follow a symbolic link at the end of the path. */
  lstat(path: string): SimFileStat;
  readlink(path: string): string;
  symlink(target: string, path: string): void;
  /** The path with every symbolic link followed. */
  realpath(path: string): string;
  chmod(path: string, mode: number): void;
  utimes(path: string, mtime: number): void;
  save(): FilesState;
  restore(state: FilesState): void;
}

const maxLinks = 40;

/** Absolute, without `.`, `..`, doubled or closing slashes. */
export function normalizePath(path: string): string {
  return `/${partsOf(path).join("/")}`;
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return parts;
}

/**
 * A tree whose nodes are shared by its snapshots. A snapshot only takes the root and starts a new
 * generation; a folder of an older generation is copied before its first change. So saving and
 * restoring cost the same for five files and for five thousand.
 */
export function createFiles(clock: Pick<SimClock, "now">): FileStore {
  let generation = 0;
  let root: FolderNode = folder(0o755);

  function folder(mode: number): FolderNode {
    return { kind: "directory", mode, mtime: clock.now(), children: new Map(), generation };
  }

  /** The real path of the parts, as a list; parts after a missing one are kept as they are. */
  function resolve(path: string, followLast: boolean): string[] {
    let parts = partsOf(path);
    let links = 0;
    let node: Node | undefined = root;
    for (let at = 0; at < parts.length && node?.kind === "directory"; at++) {
      node = node.children.get(parts[at]!);
      if (node?.kind !== "symlink" || (at === parts.length - 1 && !followLast)) continue;
      if (++links > maxLinks) throw new SimFileError("ELOOP", path);
      const base = node.target.startsWith("/") ? "" : parts.slice(0, at).join("/");
      parts = partsOf(`${base}/${node.target}/${parts.slice(at + 1).join("/")}`);
      at = -1;
      node = root;
    }
    return parts;
  }

  function find(parts: readonly string[], path: string): Node | undefined {
    let node: Node | undefined = root;
    for (const part of parts) {
      if (node === undefined) return undefined;
      if (node.kind !== "directory") throw new SimFileError("ENOTDIR", path);
      node = node.children.get(part);
    }
    return node;
  }

  function must(path: string, followLast = true): Node {
    const node = find(resolve(path, followLast), path);
    if (node === undefined) throw new SimFileError("ENOENT", path);
    return node;
  }

  /** The folder at the parts, made where it is missing and copied where a snapshot shares it. */
  function own(parts: readonly string[], path: string): FolderNode {
    if (root.generation !== generation) root = copied(root);
    let at = root;
    for (const part of parts) {
      const child = at.children.get(part) ?? folder(0o771);
      if (child.kind !== "directory") throw new SimFileError("ENOTDIR", path);
      const mine = child.generation === generation ? child : copied(child);
      if (mine !== at.children.get(part)) at.children.set(part, mine);
      at = mine;
    }
    return at;
  }

  function copied(node: FolderNode): FolderNode {
    return { ...node, children: new Map(node.children), generation };
  }

  function put(path: string, parts: readonly string[], node: Node): void {
    const name = parts.at(-1);
    if (name === undefined) throw new SimFileError("EISDIR", path);
    const parent = own(parts.slice(0, -1), path);
    parent.children.set(name, node);
    parent.mtime = clock.now();
  }

  function change(path: string, changes: { mode?: number; mtime?: number }): void {
    const parts = resolve(path, true);
    const node = find(parts, path);
    if (node === undefined) throw new SimFileError("ENOENT", path);
    if (node.kind === "directory") Object.assign(own(parts, path), changes);
    else own(parts.slice(0, -1), path).children.set(parts.at(-1)!, { ...node, ...changes });
  }

  function readNode(path: string): Uint8Array {
    const node = must(path);
    if (node.kind === "directory") throw new SimFileError("EISDIR", path);
    if (node.kind === "symlink") throw new SimFileError("ENOENT", path);
    return node.content;
  }

  return {
    exists(path) {
      try {
        return find(resolve(path, true), path) !== undefined;
      } catch (error) {
        if (error instanceof SimFileError) return false;
        throw error;
      }
    },
    stat: (path) => statOf(must(path)),
    lstat: (path) => statOf(must(path, false)),
    read: readNode,
    readText: (path) => Buffer.from(readNode(path)).toString("utf8"),
    write(path, content, options = {}) {
      const parts = resolve(path, true);
      const old = find(parts, path);
      if (old?.kind === "directory") throw new SimFileError("EISDIR", path);
      put(path, parts, {
        kind: "file",
        mode: options.mode ?? old?.mode ?? 0o660,
        mtime: options.mtime ?? clock.now(),
        // A copy, so that the caller's buffer can change without changing the file.
        content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
      });
    },
    list(path) {
      const node = must(path);
      if (node.kind !== "directory") throw new SimFileError("ENOTDIR", path);
      return [...node.children.keys()].sort();
    },
    mkdir(path) {
      own(resolve(path, true), path);
    },
    remove(path) {
      const parts = resolve(path, false);
      if (parts.length === 0) throw new SimFileError("EINVAL", path);
      if (find(parts, path) === undefined) return;
      const parent = own(parts.slice(0, -1), path);
      parent.children.delete(parts.at(-1)!);
      parent.mtime = clock.now();
    },
    move(from, to) {
      const source = resolve(from, false);
      const node = find(source, from);
      if (node === undefined) throw new SimFileError("ENOENT", from);
      const target = resolve(to, false);
      if (source.join("/") === target.join("/")) return;
      if (isInside(target, source)) throw new SimFileError("EINVAL", to);
      const old = find(target, to);
      if (old?.kind === "directory" && node.kind !== "directory") throw new SimFileError("EISDIR", to);
      if (old?.kind === "directory" && old.children.size > 0) throw new SimFileError("ENOTEMPTY", to);
      if (old !== undefined && old.kind !== "directory" && node.kind === "directory")
        throw new SimFileError("ENOTDIR", to);
      put(to, target, node);
      const parent = own(source.slice(0, -1), from);
      parent.children.delete(source.at(-1)!);
      parent.mtime = clock.now();
    },
    readlink(path) {
      const node = must(path, false);
      if (node.kind !== "symlink") throw new SimFileError("EINVAL", path);
      return node.target;
    },
    symlink(target, path) {
      const parts = resolve(path, false);
      if (find(parts, path) !== undefined) throw new SimFileError("EEXIST", path);
      put(path, parts, { kind: "symlink", mode: 0o777, mtime: clock.now(), target });
    },
    realpath: (path) => `/${resolve(path, true).join("/")}`,
    chmod: (path, mode) => change(path, { mode: mode & 0o7777 }),
    utimes: (path, mtime) => change(path, { mtime }),
    save() {
      generation++;
      return { root };
    },
    restore(state) {
      generation++;
      root = state.root;
    },
  };
}

/** Bytes of all contents, as a snapshot holds them. */
export function sizeOfFiles(state: FilesState): number {
  const sizeOf = (node: Node): number => {
    if (node.kind !== "directory") return node.kind === "file" ? node.content.length : 0;
    return [...node.children.values()].reduce((sum, child) => sum + sizeOf(child), 0);
  };
  return sizeOf(state.root);
}

function isInside(parts: readonly string[], folder: readonly string[]): boolean {
  return parts.length > folder.length && folder.every((part, index) => parts[index] === part);
}

function statOf(node: Node): SimFileStat {
  const size =
    node.kind === "file" ? node.content.length : node.kind === "symlink" ? node.target.length : 3452;
  return { kind: node.kind, mode: node.mode, size, mtime: node.mtime };
}
