import { describe, expect, test } from "@jest/globals";
import { answerMeets, describe as inWords, meets } from "../../src/task/expectation.ts";
import { parseRows } from "../../src/task/content.ts";

describe("expectation", () => {
  test.each([
    ["1\n", { equals: 1 }, true],
    ["11", { equals: 1 }, false],
    ["some text", { contains: "me te" }, true],
    ["a12", { matches: "^a\\d+$" }, true],
    ["254", { between: [253, 255] as [number, number] }, true],
    ["", { between: [0, 2] as [number, number] }, false],
    ["null", { between: [0, 2] as [number, number] }, false],
    ["(555) 010-99", { phone: "55501099" }, true],
    ["555010991", { phone: "55501099" }, false],
  ])("%j against %j is %s", (found, expectation, result) => {
    expect(meets(found, expectation)).toBe(result);
  });

  test.each([
    ["  Android 13. ", { contains: "android 13" }, true],
    ["“13”", { equals: 13 }, true],
    ["It is 13", { equals: 13 }, false],
    ["The number is +1 555-010-99.", { phone: "+155501099" }, true],
    ["I do not know", { phone: "+155501099" }, false],
  ])("the answer %j against %j is %s", (answer, expectation, result) => {
    expect(answerMeets(answer, expectation)).toBe(result);
  });

  test("says itself in words", () => {
    expect(inWords({ equals: 1 })).toBe("equals 1");
    expect(inWords({ between: [1, 2] })).toBe("is between 1 and 2");
  });
});

describe("content rows", () => {
  test("commas, equals signs and line breaks inside values", () => {
    const out = "Row: 0 address=+1555, body=a, b=c\nsecond line\nRow: 1 address=+1666, body=\n";
    expect(parseRows(out, ["address", "body"])).toEqual([
      { address: "+1555", body: "a, b=c\nsecond line" },
      { address: "+1666", body: "" },
    ]);
  });

  test("no rows", () => {
    expect(parseRows("No result found.\n", ["_id"])).toEqual([]);
  });
});
