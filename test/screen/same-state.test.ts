import { expect, test } from "@jest/globals";
import { sameState, type ScreenState } from "../../src/screen/index.ts";

const text = (words: string) => ({ text: words, description: "" });
const slider = (value: string) => ({ ...text(""), value });

const state = (fields: Partial<ScreenState> = {}): ScreenState => ({
  fingerprint: "volume",
  keyboardShown: false,
  elements: [text("Volume"), slider("10.0")],
  ...fields,
});

test("screens that show the same are the same", () => {
  expect(sameState(state(), state())).toBe(true);
});

test("a clock that one of them lists more does not count: fingerprints leave it out", () => {
  expect(sameState(state(), state({ elements: [text("9:41"), text("Volume"), slider("10.0")] }))).toBe(true);
});

test.each<[string, Partial<ScreenState>]>([
  ["what is on it", { fingerprint: "display" }],
  ["where a slider stands", { elements: [text("Volume"), slider("20.0")] }],
  ["the keyboard", { keyboardShown: true }],
])("%s tells two screens apart", (_what, fields) => {
  expect(sameState(state(), state(fields))).toBe(false);
});

test.each<[string, boolean, ScreenState["elements"]]>([
  ["nothing", false, []],
  ["one view without a word", false, [text("")]],
  ["words", true, [text("Volume")]],
])("where the elements are %s, other pixels make a screen the same: %s", (_what, same, elements) => {
  const [first, second] = ["1", "2"].map((sha256) => state({ elements, image: { sha256 } }));
  expect(sameState(first!, second!)).toBe(same);
  expect(sameState(first!, { ...first! })).toBe(true);
});
