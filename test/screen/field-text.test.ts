import { expect, test } from "@jest/globals";
import { holds } from "../../src/screen/index.ts";

const plain = { hint: "", password: false };

test.each([
  ["5551234567", "(555) 123-4567"],
  ["555.123.4567", "(555) 123-4567"],
  ["+1 555 123 4567", "+1 555-123-4567"],
  ["4111111111111111", "4111 1111 1111 1111"],
  ["1000", "$1,000"],
  ["1234567", "1.234.567 €"],
  ["1000.50", "$1,000.50"],
  ["-5", "-5 °C"],
  ["1.500", "1.500 km"],
  ["first\n", "first"],
  ["a\r\nb", "a\nb"],
])("%j is held by a field that shows %j", (text, shown) => {
  expect(holds({ ...plain, text: shown }, text)).toBe(true);
});

test.each([
  // A field for whole numbers drops the point, one for amounts puts it before the last two digits.
  ["12.50", "1250"],
  ["1.5", "15"],
  ["1.500", "1500"],
  ["500", "$5.00"],
  ["-5", "5"],
  ["+15551234567", "15551234567"],
  ["5551234567", "(555) 123-456"],
  // A line break that is lost within a text makes another text.
  ["a\nb", "ab"],
  ["a\nb", "a b"],
  ["abc", "ABC"],
])("%j is not held by a field that shows %j", (text, shown) => {
  expect(holds({ ...plain, text: shown }, text)).toBe(false);
});

test("a password shows a bullet for each UTF-16 code unit, the last of which may still be seen", () => {
  expect(holds({ hint: "", password: true, text: "••••" }, "ab😀")).toBe(true);
  expect(holds({ hint: "", password: true, text: "••d" }, "abd")).toBe(true);
  expect(holds({ hint: "", password: true, text: "•••" }, "ab😀")).toBe(false);
});

test("a text that equals the hint is held by a field that seems empty", () => {
  expect(holds({ text: "", hint: "Search", password: false }, "Search")).toBe(true);
});
