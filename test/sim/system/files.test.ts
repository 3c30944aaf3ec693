import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createFiles, normalizePath, SimFileError, type FileStore } from "../../../src/sim/system/files.ts";

let now = 1000;
let files: FileStore;

beforeEach(() => {
  now = 1000;
  files = createFiles({ now: () => now });
});

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SimFileError) return error.code;
    throw error;
  }
  return "none";
}

describe("paths", () => {
  const part = fc.constantFrom("a", "b.txt", "..", ".", "", "ü", "...");

  test("are absolute and have no empty, dot or dot-dot parts once normalised", () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = normalizePath(`/${parts.join("/")}`);
        expect(path).toMatch(/^\/(?:[^/]+(?:\/[^/]+)*)?$/u);
        expect(path.split("/")).not.toContain("..");
        expect(path.slice(1).split("/")).not.toContain(".");
        expect(normalizePath(path)).toBe(path);
      }),
    );
  });

  test("name the same file however they are written", () => {
    files.write("/a/b", "x");
    expect(files.readText("//a/./c/../b")).toBe("x");
    expect(files.readText("/../a/b/")).toBe("x");
  });
});

describe("files", () => {
  test("behave like a map from path to content, with folders made on the way", () => {
    const name = fc.constantFrom("a", "b", "c");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
    const step = fc.oneof(
      fc.record({ kind: fc.constant("write" as const), path, content: fc.uint8Array({ maxLength: 8 }) }),
      fc.record({ kind: fc.constant("remove" as const), path }),
      fc.record({ kind: fc.constant("move" as const), path, to: path }),
      fc.record({ kind: fc.constant("snapshot" as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const store = createFiles({ now: () => 0 });
        const model = new Map<string, string>();
        let saved = { state: store.save(), model: new Map(model) };
        for (const each of steps) {
          if (each.kind === "snapshot") {
            saved = { state: store.save(), model: new Map(model) };
          } else if (each.kind === "write") {
            if (codeOf(() => store.write(each.path, each.content)) === "none")
              model.set(each.path, Buffer.from(each.content).toString("hex"));
          } else if (each.kind === "remove") {
            if (codeOf(() => store.remove(each.path)) === "none") forget(model, each.path);
          } else if (codeOf(() => store.move(each.path, each.to)) === "none" && each.path !== each.to) {
            const moved = [...model].filter(([key]) => isUnder(key, each.path));
            forget(model, each.path);
            forget(model, each.to);
            for (const [key, value] of moved) model.set(each.to + key.slice(each.path.length), value);
          }
          expect(allFiles(store, "/")).toEqual(model);
        }
        store.restore(saved.state);
        expect(allFiles(store, "/")).toEqual(saved.model);
      }),
    );
  });

  test("keep a copy of what they were given", () => {
    const bytes = Buffer.from("abc");
    files.write("/f", bytes);
    bytes[0] = 0;
    expect(files.readText("/f")).toBe("abc");
  });

  test("remember mode and time, which can be changed without touching the content", () => {
    files.write("/f", "1", { mode: 0o640 });
    expect(files.stat("/f")).toEqual({ kind: "file", mode: 0o640, size: 1, mtime: 1000 });
    now = 5000;
    files.write("/f", "22");
    expect(files.stat("/f")).toEqual({ kind: "file", mode: 0o640, size: 2, mtime: 5000 });
    files.chmod("/f", 0o777);
    files.utimes("/f", 7);
    expect(files.stat("/f")).toEqual({ kind: "file", mode: 0o777, size: 2, mtime: 7 });
    expect(files.readText("/f")).toBe("22");
  });

  test("fail with the errno a tool would print", () => {
    files.write("/folder/file", "");
    files.write("/file", "");
    expect(codeOf(() => files.read("/none"))).toBe("ENOENT");
    expect(codeOf(() => files.read("/folder"))).toBe("EISDIR");
    expect(codeOf(() => files.list("/file"))).toBe("ENOTDIR");
    expect(codeOf(() => files.write("/file/below", ""))).toBe("ENOTDIR");
    expect(codeOf(() => files.write("/folder", ""))).toBe("EISDIR");
    expect(codeOf(() => files.move("/none", "/x"))).toBe("ENOENT");
    expect(codeOf(() => files.move("/folder", "/folder/inside"))).toBe("EINVAL");
    expect(codeOf(() => files.move("/file", "/folder"))).toBe("EISDIR");
    expect(codeOf(() => files.remove("/"))).toBe("EINVAL");
    expect(codeOf(() => files.remove("/none"))).toBe("none");
  });
});

describe("symbolic links", () => {
  test("make one folder of two names", () => {
    files.mkdir("/storage/emulated/0");
    files.symlink("/storage/emulated/0", "/sdcard");
    files.write("/sdcard/Download/a.txt", "hello");
    expect(files.readText("/storage/emulated/0/Download/a.txt")).toBe("hello");
    expect(files.realpath("/sdcard/Download/a.txt")).toBe("/storage/emulated/0/Download/a.txt");
    expect(files.stat("/sdcard").kind).toBe("directory");
    expect(files.lstat("/sdcard").kind).toBe("symlink");
    files.remove("/sdcard");
    expect(files.readText("/storage/emulated/0/Download/a.txt")).toBe("hello");
  });

  test("may be relative, and end in an error where they go round in circles", () => {
    files.write("/a/real", "r");
    files.symlink("real", "/a/link");
    expect(files.readText("/a/link")).toBe("r");
    files.symlink("/y", "/x");
    files.symlink("/x", "/y");
    expect(codeOf(() => files.read("/x"))).toBe("ELOOP");
    expect(files.exists("/x")).toBe(false);
    expect(codeOf(() => files.symlink("/z", "/x"))).toBe("EEXIST");
  });
});

test("a snapshot is not touched by what comes after it, however often it is restored", () => {
  files.write("/d/a", "1");
  const first = files.save();
  files.write("/d/a", "2");
  const second = files.save();
  files.write("/d/b", "3");
  files.restore(first);
  expect([files.list("/d"), files.readText("/d/a")]).toEqual([["a"], "1"]);
  files.write("/d/a", "changed");
  files.restore(second);
  expect([files.list("/d"), files.readText("/d/a")]).toEqual([["a"], "2"]);
  files.restore(first);
  expect(files.readText("/d/a")).toBe("1");
});

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function forget(model: Map<string, string>, folder: string): void {
  for (const key of model.keys()) if (isUnder(key, folder)) model.delete(key);
}

function allFiles(store: FileStore, folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of store.list(folder)) {
    const path = normalizePath(`${folder}/${name}`);
    if (store.stat(path).kind === "file") found.set(path, Buffer.from(store.read(path)).toString("hex"));
    else for (const [key, value] of allFiles(store, path)) found.set(key, value);
  }
  return found;
}
