import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type FileLine, fileLines } from "../src/lines.ts";
import { newFolder, removeFolders } from "./support/folder.ts";

afterEach(removeFolders);

async function read(file: string, longest: number): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for await (const line of fileLines(file, longest)) lines.push(line);
  return lines;
}

test("lines are those that a split at line feeds gives, each with its place", async () => {
  const file = path.join(await newFolder(), "lines");
  // Short ones, and some that end around the edge of a block of 65,536 bytes.
  const length = fc.oneof(fc.nat(20), fc.integer({ min: 65_530, max: 65_540 }));
  const line = length.map((bytes) => "x".repeat(bytes));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (written) => {
      const text = written.join("\n");
      await writeFile(file, text);
      const lines = await read(file, 1_000_000);
      const expected = text.split("\n");
      // After the last line feed there is no line any more.
      if (expected.at(-1) === "") expected.pop();
      expect(lines.map(({ bytes }) => bytes.toString())).toEqual(expected);
      for (const { offset, bytes, ended } of lines) {
        expect(text.slice(offset, offset + bytes.length)).toBe(bytes.toString());
        expect(text[offset + bytes.length]).toBe(ended ? "\n" : undefined);
      }
      expect(lines.map(({ number }) => number)).toEqual(expected.map((_, i) => i + 1));
    }),
    { numRuns: 60 },
  );
});

test("a long line comes cut, and the next one whole", async () => {
  const file = path.join(await newFolder(), "lines");
  await writeFile(file, `${"a".repeat(200_000)}\nshort\n`);
  const [long, short] = await read(file, 1000);
  expect(long!.bytes).toHaveLength(1001);
  expect(short).toMatchObject({ number: 2, offset: 200_001, ended: true });
  expect(short!.bytes.toString()).toBe("short");
});
