import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { freeName, refusal, validName } from "../../../../src/sim/apps/files/changes.ts";
import { formatDate, formatSize } from "../../../../src/sim/apps/files/entries.ts";
import type { AppContext } from "../../../../src/sim/system/services.ts";

describe("names of files", () => {
  test("are made such that shared storage can hold them", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const valid = validName(name);
        expect(valid).not.toMatch(/["*/:<>?\\|\n]/u);
        expect(["", ".", ".."]).not.toContain(valid);
        expect(validName(valid)).toBe(valid);
      }),
    );
  });

  test.each([
    ["notes.txt", "notes (2).txt"],
    ["notes", "notes (1)"],
    [".hidden", ".hidden"],
    ["new.md", "new.md"],
  ])("%s becomes %s where others are taken", (name, expected) => {
    const taken = new Set(["/f/notes.txt", "/f/notes (1).txt", "/f/notes"]);
    const context = { files: { exists: (path: string) => taken.has(path) } } as unknown as AppContext;
    expect(freeName(context, "/f", name)).toBe(expected);
  });
});

test.each([
  [["/a/b"], "/a/b/c", false, "A folder can't go into itself"],
  [["/a/b"], "/a/b", true, "A folder can't go into itself"],
  [["/a/b"], "/a/bc", true, undefined],
  [["/a/x.txt"], "/a", true, "Already in this folder"],
  [["/a/x.txt"], "/a", false, undefined],
])("whether %p may go into %p (moving: %p)", (sources, folder, moving, expected) => {
  expect(refusal(sources, folder, moving)).toBe(expected);
});

test.each([
  [0, "0 B"],
  [812, "812 B"],
  [1234, "1.23 kB"],
  [20_480, "20.5 kB"],
  [20_000_000, "20.0 MB"],
  [950_000_000, "0.95 GB"],
])("%p bytes are shown as %p", (bytes, expected) => {
  expect(formatSize(bytes)).toBe(expected);
});

test("a date is the time today, the day this year, and whole before", () => {
  const now = Date.UTC(2023, 9, 15, 15, 34);
  const context = {
    clock: { date: () => new Date(now) },
    settings: { get: () => "12" },
  } as unknown as AppContext;
  expect(formatDate(context, now - 3_600_000)).toBe("2:34 PM");
  expect(formatDate(context, Date.UTC(2023, 2, 4))).toBe("Mar 4");
  expect(formatDate(context, Date.UTC(2021, 2, 4))).toBe("Mar 4, 2021");
});
