import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { commandLine } from "../../../src/device/adb/quote.ts";

/** Android's shell is mksh; wherever it is installed it reads along. */
const shells = ["/bin/sh", "/bin/mksh"].filter((shell) => existsSync(shell));

/** What a shell makes of the command line: each argument, ended by NUL. */
function readBy(shell: string, argv: readonly string[]): string[] {
  const output = execFileSync(shell, ["-c", commandLine(["printf", String.raw`%s\0`, ...argv])]);
  return output.toString().split("\0").slice(0, -1);
}

test.each(shells)("what means something to a shell reaches the command as it is: %s", (shell) => {
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
  expect(readBy(shell, argv)).toEqual(argv);
});

test.each(shells)("any arguments reach the command as they are: %s", (shell) => {
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
      expect(readBy(shell, argv)).toEqual(argv);
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
