import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildScreen, type Element, type Screen } from "../../src/screen/index.ts";
import { type NodeSpec, sourceXml, treeXml, windowsXml } from "./support.ts";

type Rect = [left: number, top: number, right: number, bottom: number];

const screenOf = (treeSource: "uiautomator" | "uiautomator2", xml: string): Screen =>
  buildScreen({
    xml,
    treeSource,
    width: 1000,
    height: 2000,
    package: "app",
    activity: ".Main",
    inputMethod: "org.keys/.Service",
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  });

/** Without what one of the drivers is not told: before API 34, `uiautomator` gives a hint as a text. */
const comparable = ({ elements, fingerprint }: Screen) => ({
  fingerprint,
  elements: elements.map((element: Element) => {
    return { ...element, value: undefined, hint: "", text: element.text || element.hint };
  }),
});

/** AxNodeInfoHelper.getVisibleBoundsInScreen: UiAutomator2 cuts bounds at what scrolls; Rect.intersect leaves a
 * rectangle as it is where both have nothing in common. */
function trimmed(node: NodeSpec, scroller?: Rect): NodeSpec {
  const [left, top, right, bottom] = node.bounds!;
  const cut: Rect =
    scroller !== undefined &&
    left < scroller[2] &&
    scroller[0] < right &&
    top < scroller[3] &&
    scroller[1] < bottom
      ? [
          Math.max(left, scroller[0]),
          Math.max(top, scroller[1]),
          Math.min(right, scroller[2]),
          Math.min(bottom, scroller[3]),
        ]
      : [left, top, right, bottom];
  const inner = node["scrollable"] === true ? cut : scroller;
  return { ...node, bounds: cut, children: node.children!.map((child) => trimmed(child, inner)) };
}

/** What UiAutomator2 says of a node and `uiautomator dump` does not, or says otherwise. */
function toldByServer(node: NodeSpec): NodeSpec {
  const { class: name = "android.view.View", children = [], ...rest } = node;
  const hint = name.endsWith("EditText") && node["text"] === "A hint";
  return {
    class: name,
    ...rest,
    ...(hint && { hint: "A hint", "showing-hint": true }),
    ...(name.endsWith("SeekBar") && { text: "25.0" }),
    "window-id": 7,
    "a11y-important": true,
    children: children.map(toldByServer),
  };
}

const rect = fc
  .tuple(
    fc.integer({ min: -50, max: 900 }),
    fc.integer({ min: -50, max: 1900 }),
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 1, max: 900 }),
  )
  .map(([left, top, width, height]): Rect => [left, top, left + width, top + height]);

const plain = fc.record({
  bounds: rect,
  text: fc.constantFrom("", "", "Wi-Fi", "Connected", "7"),
  "content-desc": fc.constantFrom("", "", "", "Wi-Fi", "More options"),
  "resource-id": fc.constantFrom("", "app:id/title", "app:id/row"),
  clickable: fc.boolean(),
  scrollable: fc.constantFrom(false, false, true),
  checkable: fc.constantFrom(false, false, true),
  "drawing-order": fc.integer({ min: 0, max: 3 }),
  class: fc.constantFrom("android.view.View", "android.widget.TextView", "android.widget.Button"),
});
const field = plain.map((node) => ({ ...node, class: "android.widget.EditText", text: "A hint" }));
const slider = plain.map((node) => ({ ...node, class: "android.widget.SeekBar", text: "" }));

const nodeTo: fc.Memo<NodeSpec> = fc.memo((depth) =>
  fc
    .tuple(
      fc.oneof({ weight: 6, arbitrary: plain }, field, slider),
      depth > 1 ? fc.array(nodeTo(), { maxLength: 3 }) : fc.constant<NodeSpec[]>([]),
    )
    .map(([own, children]) => ({ ...own, children })),
);

const whole: Rect = [0, 0, 1000, 2000];
const app = fc
  .array(nodeTo(4), { maxLength: 5 })
  .map((children): NodeSpec => ({ class: "android.widget.FrameLayout", bounds: whole, children }));
const named = (node: NodeSpec, name: string): NodeSpec => ({
  ...node,
  package: name,
  children: node.children!.map((child) => named(child, name)),
});
const otherApp = app.map((root) => named(root, "org.other"));
const keyboard: NodeSpec = {
  package: "org.keys",
  bounds: whole,
  children: [
    { package: "org.keys", text: "q", clickable: true, bounds: [0, 1300, 100, 1400], children: [] },
    { package: "org.keys", text: "Enter", clickable: true, bounds: [900, 1900, 1000, 2000], children: [] },
  ],
};
const statusBar = named(
  { bounds: [0, 0, 1000, 60], children: [{ text: "12:00", bounds: [0, 0, 90, 60], children: [] }] },
  "com.android.systemui",
);

test("both drivers give the same elements and fingerprint for the active window", () => {
  fc.assert(
    fc.property(app, (root) => {
      const dump = screenOf("uiautomator", treeXml(root));
      const source = screenOf("uiautomator2", sourceXml(toldByServer(trimmed(root))));
      expect(comparable(source)).toEqual(comparable(dump));
    }),
  );
});

test("both drivers give the same elements and fingerprint for all windows", () => {
  fc.assert(
    fc.property(app, fc.option(otherApp), fc.boolean(), (root, other, typing) => {
      const windows = [
        { type: "TYPE_SYSTEM", root: statusBar },
        ...(typing ? [{ type: "TYPE_INPUT_METHOD", root: keyboard }] : []),
        ...(other === null ? [] : [{ type: "TYPE_APPLICATION", root: other }]),
        { type: "TYPE_APPLICATION", root },
      ];
      const dump = screenOf("uiautomator", windowsXml(...windows));
      const source = screenOf(
        "uiautomator2",
        sourceXml(...windows.map((window) => toldByServer(trimmed(window.root)))),
      );
      expect(comparable(source)).toEqual(comparable(dump));
    }),
  );
});

test("what only one driver tells is kept: a field's hint and where a slider stands", () => {
  const nodes: NodeSpec[] = [
    { class: "android.widget.EditText", text: "A hint", clickable: true },
    { class: "android.widget.SeekBar", "content-desc": "Volume" },
  ];
  const { elements } = screenOf("uiautomator2", sourceXml(...nodes.map(toldByServer)));
  expect(elements).toMatchObject([
    { text: "", hint: "A hint" },
    { text: "", description: "Volume", value: "25.0" },
  ]);
});
