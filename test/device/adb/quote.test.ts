import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { commandLine } from "../../../src/device/adb/quote.ts";

/** What a POSIX shell makes of the command line: each argument, ended by NUL. */
function readBySh(argv: readonly string[]): string[] {
  const output = execFileSync("/bin/sh", ["-c", commandLine(["printf", String.raw`%s\0`, ...argv])]);
  return output.toString().split("\0").slice(0, -1);
}

test("what means something to a shell reaches the command as it is", () => {
  const argv = [
    "",
    "$(reboot)",
    "`reboot`",
    "; reboot",
    "a'b\"c",
    "'",
    "''",
    "line\nline",
    "\\",
    "*",
    "~",
    "#",
    "!x",
    "-n",
    "漢字",
    "%s",
  ];
  expect(readBySh(argv)).toEqual(argv);
});

test("any arguments reach the command as they are", () => {
  const argument = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
  const nasty = fc.constantFrom(
    "'",
    '"',
    "$(",
    ")",
    "`",
    ";",
    "&",
    "|",
    "\n",
    "\\",
    " ",
    "$x",
    "${IFS}",
    "<",
    ">",
  );
  const arg = fc.array(fc.oneof(argument, nasty)).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(arg, { minLength: 1, maxLength: 200 }), (argv) => {
      expect(readBySh(argv)).toEqual(argv);
    }),
    { numRuns: 10 },
  );
});

test("a name that is a word of the shell's language is a name all the same", () => {
  expect(commandLine(["if", "a"])).toBe("'if' 'a'");
  expect(commandLine(["A=b", "c"])).toBe("'A=b' 'c'");
  expect(commandLine(["/system/bin/ls", "-l"])).toBe("/system/bin/ls '-l'");
});

test("what no shell can pass on is refused", () => {
  expect(() => commandLine(["echo", "a\0b"])).toThrow("NUL");
  expect(() => commandLine([])).toThrow("its own name");
});
