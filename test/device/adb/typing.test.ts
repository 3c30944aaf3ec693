import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { inputTextArguments, isTypeable, pieces } from "../../../src/device/adb/typing.ts";

/** What Android's `input text` types for one argument: `%s` is a space, and nothing else is special. */
const typed = (argument: string): string => argument.replaceAll("%s", " ");

test.each([
  ["a b", ["a%sb"]],
  ["100%s", ["100%", "s"]],
  ["%s%s", ["%", "s%", "s"]],
  ["% s", ["%%ss"]],
])("%j is typed by %j", (text, args) => {
  expect(inputTextArguments(text)).toEqual(args);
});

test("what is typed is the text", () => {
  const text = fc
    .array(fc.oneof(fc.string(), fc.constantFrom("%s", "%", "s", " ", "a".repeat(150))))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (wanted) => {
      const args = inputTextArguments(wanted);
      expect(args.map(typed).join("")).toBe(wanted);
      expect(args.every((argument) => argument.replaceAll("%s", " ").length <= 200)).toBe(true);
    }),
  );
});

test("line breaks are keys, whichever way they are written", () => {
  const newline = { kind: "newline" };
  expect(pieces("a\r\nb\n\nc\r")).toEqual([
    { kind: "characters", text: "a" },
    newline,
    { kind: "characters", text: "b" },
    newline,
    newline,
    { kind: "characters", text: "c" },
    newline,
  ]);
});

test("keys type printable ASCII and nothing else", () => {
  expect(isTypeable('It\'s 100% ~{"a": `$b`}\n')).toBe(true);
  for (const text of ["é", "😀", "\t", "\u007F", "中"]) expect(isTypeable(text)).toBe(false);
});
