import { describe, expect, test } from "@jest/globals";
import {
  type Element,
  elementsFromTree,
  parseTree,
  reachableBounds,
  windowKind,
  type WindowKind,
} from "../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "./support.ts";

const size = { width: 1000, height: 2000 };
const elements = (...windows: NodeSpec[]): Element[] =>
  elementsFromTree(parseTree(treeXml(...windows)), size);
const names = (...windows: NodeSpec[]): string[] =>
  elements(...windows).map((element) => element.text || element.description);
const page = (...children: NodeSpec[]): NodeSpec => ({ bounds: [0, 0, 1000, 2000], children });
const row = (text: string, top: number, more: Partial<NodeSpec> = {}): NodeSpec => ({
  class: "android.widget.LinearLayout",
  clickable: true,
  bounds: [0, top, 1000, top + 200],
  children: [{ class: "android.widget.TextView", text, bounds: [40, top + 60, 400, top + 140] }],
  ...more,
});
const button = (text: string, bounds: NodeSpec["bounds"]): NodeSpec => ({
  class: "android.widget.Button",
  text,
  clickable: true,
  bounds: bounds!,
});

describe("what is drawn later", () => {
  const navigation = row("Home", 1800, { package: "app" });

  test("hides what it covers entirely, and only that", () => {
    expect(
      names(
        page(row("above", 1600), row("below the bar", 1820, { bounds: [0, 1820, 1000, 1980] }), navigation),
      ),
    ).toEqual(["above", "Home"]);
  });

  test("leaves the rest of what it covers in part, where a finger then goes", () => {
    const [covered] = elements(page(row("half", 1660), navigation));
    expect(covered).toMatchObject({
      visibleFraction: 0.7,
      reach: { left: 0, top: 1660, right: 1000, bottom: 1800 },
    });
    expect(reachableBounds(covered!, size)).toEqual({ left: 0, top: 1660, right: 1000, bottom: 1800 });
  });

  test("is what the device says, not what the tree says last", () => {
    const over = { ...row("drawn last", 400), "drawing-order": 2 };
    const under = { ...row("drawn first", 400), "drawing-order": 1 };
    expect(names(page(over, under))).toEqual(["drawn last"]);
  });

  test.each<[string, NodeSpec]>([
    ["a container that only holds something at its edge", page(button("Send", [800, 1800, 1000, 2000]))],
    [
      "the same container when it takes touches",
      { ...page(button("Send", [800, 1800, 1000, 2000])), clickable: true },
    ],
    ["an empty sheet of glass", { clickable: true, bounds: [0, 0, 1000, 2000] }],
    ["a described sheet of glass", { clickable: true, "content-desc": "Card", bounds: [0, 0, 1000, 2000] }],
    ["a text that nothing is touched by", { text: "label", bounds: [0, 0, 1000, 2000] }],
  ])("hides nothing below %s", (_, above) => {
    expect(names(page(row("a", 200), row("b", 400), above))).toEqual(expect.arrayContaining(["a", "b"]));
  });

  test("hides the page below a page that takes touches, also between its lines", () => {
    const old = page(row("a", 200), { text: "b", bounds: [0, 800, 300, 850] });
    const title = { text: "New page", bounds: [300, 0, 700, 100] } as NodeSpec;
    const last = { text: "Last line", bounds: [40, 1800, 300, 1850] } as NodeSpec;
    const above = { ...page(title, last), clickable: true };
    expect(names(page(old, above))).toEqual(["", "New page", "Last line"]);
  });

  test("is found in time where touchable things that say nothing are nested", () => {
    let nest: NodeSpec = { clickable: true, bounds: [0, 0, 1000, 2000] };
    for (let i = 0; i < 150; i++) nest = { clickable: true, bounds: [0, 0, 1000, 2000], children: [nest] };
    expect(names(page(row("a", 200), nest))).toContain("a");
  });

  test("within one row is a part of it", () => {
    const both = [
      { text: "title", bounds: [0, 0, 500, 200] },
      button("more", [0, 0, 1000, 200]),
    ] as NodeSpec[];
    expect(names(page({ bounds: [0, 0, 1000, 200], children: both }))).toEqual(["title", "more"]);
  });
});

describe("higher windows", () => {
  const app = page(row("field", 500), row("under the keys", 1500));

  test("a keyboard hides what is under its keys, though its window is larger", () => {
    const key = (text: string, x: number, y: number): NodeSpec => ({
      ...button(text, [x, y, x + 100, y + 150]),
      package: "com.android.inputmethod.latin",
    });
    const keyboard: NodeSpec = {
      package: "com.android.inputmethod.latin",
      bounds: [0, 0, 1000, 2000],
      children: [key("q", 0, 1400), key("Enter", 900, 1850)],
    };
    expect(names(keyboard, app)).toEqual(["field"]);
  });

  test("a keyboard hides nothing beyond its window, whatever its keys claim", () => {
    const owner = "com.android.inputmethod.latin";
    const endless = { ...button("q", [0, 1400, 2 ** 31 - 1, 2 ** 31 - 1]), package: owner };
    const keyboard: NodeSpec = { package: owner, bounds: [0, 1300, 1000, 2000], children: [endless] };
    expect(names(keyboard, app)).toEqual(["field"]);
  });

  test("a menu hides what is under it, and comes first", () => {
    const menu: NodeSpec = { bounds: [300, 480, 1000, 920], children: [row("Copy", 480), row("Paste", 690)] };
    const [copy, paste, field] = elements(menu, app);
    expect([copy?.text, paste?.text, field?.text]).toEqual(["Copy", "Paste", "field"]);
    expect(field?.reach).toEqual({ left: 0, top: 500, right: 300, bottom: 700 });
  });

  test.each<[string, WindowKind, NodeSpec]>([
    ["status bar", "systemBar", { package: "com.android.systemui", bounds: [0, 0, 1000, 80] }],
    ["navigation bar", "systemBar", { package: "com.android.systemui", bounds: [0, 1880, 1000, 2000] }],
    ["notification shade", "systemPanel", { package: "com.android.systemui", bounds: [0, 0, 1000, 2000] }],
    [
      "slider for brightness at the top",
      "systemPanel",
      {
        package: "com.android.systemui",
        bounds: [0, 0, 1000, 200],
        children: [{ class: "android.widget.SeekBar", "content-desc": "Display brightness" }],
      },
    ],
    ["volume panel", "systemPanel", { package: "com.android.systemui", bounds: [850, 500, 1000, 1300] }],
    ["dialog of an app that hangs", "systemPanel", { package: "android", bounds: [50, 800, 950, 1200] }],
    [
      "keyboard",
      "inputMethod",
      { package: "com.google.android.inputmethod.latin", bounds: [0, 1200, 1000, 2000] },
    ],
    ["the user's own keyboard", "inputMethod", { package: "org.keys", bounds: [0, 1200, 1000, 2000] }],
    ["settings of a keyboard in front", "app", { package: "com.front.latin", bounds: [0, 0, 1000, 2000] }],
    ["toast", "toast", { class: "android.widget.Toast", text: "Saved" }],
    ["app", "app", { package: "com.any", bounds: [0, 0, 1000, 2000] }],
  ])("%s is a window of kind %s", (_, kind, root) => {
    const { windows } = parseTree(treeXml(root));
    const surroundings = { ...size, package: "com.front.latin", inputMethod: "org.keys/.Service" };
    expect(windowKind(windows[0]!, surroundings)).toBe(kind);
  });

  test("of a turned screen, the navigation bar may stand at the side", () => {
    const root: NodeSpec = { package: "com.android.systemui", bounds: [1880, 0, 2000, 1000] };
    const { windows } = parseTree(treeXml(root));
    expect(windowKind(windows[0]!, { width: 2000, height: 1000 })).toBe("systemBar");
  });

  test("a toast is no element", () => {
    expect(names({ class: "android.widget.Toast", text: "Saved" }, app)).not.toContain("Saved");
  });
});

test("a card is tapped where none of the buttons on it are", () => {
  const card: NodeSpec = {
    clickable: true,
    bounds: [0, 0, 1000, 600],
    children: [{ text: "Title", bounds: [0, 0, 1000, 200] }, button("Play", [0, 200, 1000, 600])],
  };
  expect(elements(card)[0]).toMatchObject({
    text: "Title",
    reach: { left: 0, top: 0, right: 1000, bottom: 200 },
  });
});
