import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { elementsFromTree, listing, parseTree } from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

const list = (...roots: NodeSpec[]): string =>
  listing({ elements: elementsFromTree(parseTree(treeXml(...roots)), { width: 1000, height: 2000 }) });

test("one line per element, with all an agent needs", () => {
  expect(
    list(
      {
        class: "android.widget.Switch",
        text: "Wi-Fi",
        "resource-id": "android:id/switch_widget",
        clickable: true,
        checkable: true,
        checked: true,
      },
      {
        class: "android.widget.EditText",
        hint: "Search",
        clickable: true,
        "long-clickable": true,
        focused: true,
      },
      { class: "android.widget.ImageButton", "content-desc": "Navigate up", clickable: true },
      { class: "android.widget.TextView", text: "Bob", "content-desc": "Bob, 2 messages", selected: true },
      { class: "android.widget.EditText", text: "•••", password: true, enabled: false },
      { class: "android.widget.ScrollView", scrollable: true, "resource-id": "my list" },
    ),
  ).toBe(
    [
      '[0] Switch "Wi-Fi" id=switch_widget clickable checked=on',
      '[1] EditText "" hint="Search" clickable long-clickable editable focused',
      '[2] ImageButton "Navigate up" clickable',
      '[3] TextView "Bob" desc="Bob, 2 messages" selected',
      '[4] EditText "•••" editable password disabled',
      '[5] ScrollView id="my list" scrollable',
    ].join("\n"),
  );
});

test("a long text is cut, and the cut is marked", () => {
  expect(list({ text: `${"a".repeat(999)}😀tail` })).toBe(`[0] View "${"a".repeat(999)}… (5 more)"`);
});

test.each(["(name removed)", "0_resource_name_obfuscated"])(
  "a name that was taken out (%s) is not listed",
  (id) => {
    expect(list({ text: "a", "resource-id": `com.example:id/${id}` })).toBe('[0] View "a"');
  },
);

test("elements of another app than the one in front name it", () => {
  const roots: NodeSpec[] = [{ text: "mine" }, { text: "other", package: "com.other" }];
  const elements = elementsFromTree(parseTree(treeXml(...roots)), { width: 1000, height: 2000 });
  expect(listing({ elements, package: "app" })).toBe('[0] View "mine"\n[1] View "other" app=com.other');
});

test.each([
  ["lines", 400, 10, 300],
  ["characters", 200, 190, 118],
])("a screen of too many %s is cut, and the cut is marked", (_, count, length, shown) => {
  const texts = Array.from({ length: count }, (_, i): NodeSpec => ({
    text: "a".repeat(length),
    bounds: [0, 5 * i, 100, 5 * i + 5],
  }));
  const lines = list(...texts).split("\n");
  expect(lines).toHaveLength(shown + 1);
  expect(lines.at(-1)).toBe(`(${count - shown} more elements are not listed)`);
});

test("no text on the screen can look like another line", () => {
  const anyText = fc.string({ unit: "grapheme" });
  const nasty = fc.constantFrom("\n", "\r", "\u0085", "\u2028", '"', "\n[1] Button", "\\", "clickable");
  const text = fc.array(fc.oneof(anyText, nasty)).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const lines = list({ text: a, "content-desc": b, clickable: true }, { text: "next" }).split(
        /[\n\r\u0085\u2028\u2029]/u,
      );
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^\[0\] View (?:"(?:[^"\\]|\\.)*" (?:desc="(?:[^"\\]|\\.)*" )?)?clickable$/u);
    }),
  );
});
