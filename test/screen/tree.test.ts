import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { elementsFromTree, parseTree } from "../../src/screen/index.ts";

const dump = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="1">
<node index="0" text="A &amp; &quot;B&quot;&#10;C" resource-id="a:id/x" class="android.widget.Switch" package="a.b"
 content-desc="d" hint="h" checkable="true" checked="true" clickable="true" enabled="false" focusable="true"
 focused="true" scrollable="true" long-clickable="true" password="true" selected="true" visible-to-user="true"
 bounds="[-5,10][105,60]"><node class="android.view.View" bounds="[0,0][1,1]" visible-to-user="false"/></node></hierarchy>`;

describe("a uiautomator dump", () => {
  test("gives nodes with all they have", () => {
    const tree = parseTree(dump);
    expect(tree.rotation).toBe(1);
    expect(tree.windows).toHaveLength(1);
    const { children, ...node } = tree.windows[0]!.root;
    expect(node).toEqual({
      className: "android.widget.Switch",
      resourceId: "a:id/x",
      package: "a.b",
      text: 'A & "B"\nC',
      description: "d",
      hint: "h",
      bounds: { left: -5, top: 10, right: 105, bottom: 60 },
      clickable: true,
      longClickable: true,
      checkable: true,
      checked: true,
      enabled: false,
      focusable: true,
      focused: true,
      scrollable: true,
      selected: true,
      password: true,
      visible: true,
      showsHint: false,
      value: "",
      drawingOrder: 0,
    });
    expect(children).toMatchObject([{ className: "android.view.View", visible: false, enabled: true }]);
  });

  test("is read when apps put characters on the screen that XML does not have", () => {
    const tree = parseTree(
      '<hierarchy><node text="a\u0001b&#0;c&#x1F;d&#xD83D;\uD83De\u{1F600}"/></hierarchy>',
    );
    expect(tree.windows[0]?.root.text).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFD\uFFFDe\u{1F600}");
  });
});

test("a dump of all windows gives them topmost first, each once, of the first display", () => {
  const window = (id: number, layer: number, type: string, inner: string): string =>
    `<window index="0" title="t" bounds="[0,0][9,9]" active="true" focused="true" accessibility-focused="false"
     id="${id}" layer="${layer}" type="${type}">${inner}</window>`;
  const root = (text: string): string =>
    `<hierarchy rotation="3"><node text="${text}" class="a.View"><node text="inner"/></node></hierarchy>`;
  const menu = window(7, 2, "TYPE_APPLICATION", root("menu"));
  const tree = parseTree(
    `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><displays><display id="0">${menu}` +
      `${window(5, 1, "TYPE_APPLICATION", menu + root("app"))}${window(9, 4, "TYPE_INPUT_METHOD", root("keys"))}` +
      `${window(4, 0, "TYPE_SYSTEM", "")}</display><display id="2">${window(11, 9, "TYPE_SYSTEM", root("other"))}</display></displays>`,
  );
  expect(tree.rotation).toBe(3);
  expect(tree.windows).toMatchObject([
    { type: "TYPE_INPUT_METHOD", root: { text: "keys", children: [{ text: "inner" }] } },
    { type: "TYPE_APPLICATION", root: { text: "menu" } },
    { type: "TYPE_APPLICATION", root: { text: "app" } },
  ]);
});

test("UiAutomator2's source, where elements are named after classes, gives the same nodes", () => {
  const tree = parseTree(
    `<hierarchy index="0" class="hierarchy" rotation="0" width="1080" height="2400"><android.widget.FrameLayout
     index="0" package="a.b" class="android.widget.FrameLayout" text="" bounds="[0,0][1080,2400]" displayed="true">
     <android.widget.Button text="OK" bounds="[1,2][3,4]" displayed="false"/></android.widget.FrameLayout></hierarchy>`,
  );
  expect(tree.windows.map(({ root }) => root)).toMatchObject([
    {
      className: "android.widget.FrameLayout",
      visible: true,
      children: [{ className: "android.widget.Button", text: "OK", visible: false }],
    },
  ]);
});

test("a tree of 10,000 levels is read: what lies deeper than 500 is taken for children of what lies there", () => {
  const depth = 10_000;
  const open = (level: number): string =>
    `<node class="a.View" package="a" text="level ${level}" clickable="true" bounds="[0,0][100,100]">`;
  const opened = Array.from({ length: depth }, (_, level) => open(level)).join("");
  const tree = parseTree(`<hierarchy rotation="0">${opened}${"</node>".repeat(depth)}</hierarchy>`);
  const elements = elementsFromTree(tree, { width: 1000, height: 2000 });
  const first = Array.from({ length: 499 }, (_, level) => `level ${level}`);
  expect(elements.slice(0, 499).map(({ text }) => text)).toEqual(first);
  expect(elements.map(({ text }) => text)).toContain(`level ${depth - 1}`);
});

test.each(["", "null root node", "<hierarchy><node>", "<html/>", "<hierarchy/><hierarchy/>", '{"a":1}'])(
  "%j is TREE_MALFORMED",
  (xml) => {
    expect(() => parseTree(xml)).toThrow(expect.objectContaining({ code: "TREE_MALFORMED", class: "infra" }));
  },
);

test("every text comes back, whatever it holds", () => {
  const escape = (text: string): string => text.replaceAll(/[^\w ]/gu, (c) => `&#${c.codePointAt(0)};`);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(parseTree(`<hierarchy><node text="${escape(text)}"/></hierarchy>`).windows[0]?.root.text).toBe(
        text,
      );
    }),
  );
});
