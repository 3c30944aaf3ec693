import { expect, test } from "@jest/globals";
import { sameState, type ScreenState } from "../../src/screen/index.ts";

const state = (fields: Partial<ScreenState> = {}): ScreenState => ({
  fingerprint: "volume",
  keyboardShown: false,
  elements: [{}, { value: "10.0" }],
  ...fields,
});

test("screens that show the same are the same", () => {
  expect(sameState(state(), state())).toBe(true);
});

test("a clock that one of them lists more does not count: fingerprints leave it out", () => {
  expect(sameState(state(), state({ elements: [{}, {}, { value: "10.0" }] }))).toBe(true);
});

test.each<[string, Partial<ScreenState>]>([
  ["what is on it", { fingerprint: "display" }],
  ["where a slider stands", { elements: [{}, { value: "20.0" }] }],
  ["the keyboard", { keyboardShown: true }],
])("%s tells two screens apart", (_what, fields) => {
  expect(sameState(state(), state(fields))).toBe(false);
});
