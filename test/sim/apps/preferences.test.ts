import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatPreferences, parsePreferences } from "../../../src/sim/apps/preferences.ts";

describe("shared preferences", () => {
  // What an XML 1.0 document can say at all.
  const text = fc
    .string({ unit: "grapheme" })
    .filter((value) => /^[\t\n\u0020-\uD7FF\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(value));
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text));

  test("read back as they were written", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(text, value), { selector: ([key]) => key }), (entries) => {
        expect([...parsePreferences(formatPreferences(new Map(entries)))]).toEqual(entries);
      }),
    );
  });

  test("have Android's format", () => {
    expect(
      formatPreferences(
        new Map<string, string | number>([
          ["a", "x & y"],
          ["b", 3],
        ]),
      ),
    ).toBe(
      `<?xml version='1.0' encoding='utf-8' standalone='yes' ?>
<map>
    <string name="a">x &amp; y</string>
    <long name="b" value="3" />
</map>
`,
    );
  });

  test("are read as another app wrote them", () => {
    const xml = `<map><int name="n" value="7"/><float name="f" value="1.5"/><set name="s"/></map>`;
    expect([...parsePreferences(xml)]).toEqual([
      ["n", 7],
      ["f", 1.5],
      ["s", []],
    ]);
  });
});
