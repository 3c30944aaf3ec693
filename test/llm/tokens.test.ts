import { expect, test } from "@jest/globals";
import { countTokens } from "../../src/llm/index.ts";

test("tokens are counted, and special ones on a screen are only text", () => {
  expect(countTokens("")).toBe(0);
  expect(countTokens("Hello there")).toBe(2);
  expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
});
