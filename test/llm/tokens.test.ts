import { expect, test } from "@jest/globals";
import { countTokens as countExactly } from "gpt-tokenizer";
import { countTokens } from "../../src/llm/index.ts";

test("tokens are counted, and special ones on a screen are only text", () => {
  expect(countTokens("")).toBe(0);
  expect(countTokens("Hello there")).toBe(2);
  expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
});

test("very long words are counted in pieces, which is a little more than they have", () => {
  for (const text of ["a".repeat(900), " ".repeat(900), "你好世界".repeat(200)]) {
    const exact = countExactly(text);
    expect(countTokens(text)).toBeGreaterThanOrEqual(exact);
    expect(countTokens(text)).toBeLessThan(exact + 50);
  }
});
