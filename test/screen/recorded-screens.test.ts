import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import {
  type Bounds,
  buildScreen,
  type Element,
  listing,
  reachableBounds,
  type Screen,
} from "../../src/screen/index.ts";
import { fixtureTest } from "../support/require.ts";
import { markedBoxes } from "./marked-boxes.ts";
import { type NodeSpec, treeXml } from "./support.ts";

interface RecordedStep {
  image: string;
  app: string;
  state: string;
  /** The line of code that was carried out; its element, if any, is `element_id`. */
  response: string;
}

interface RecordedElement {
  number: number;
  attributes: string;
  text: string;
  bounds: Bounds | undefined;
}

/** Acted elements whose number is hidden under that of what lies inside them; measured in the picture. */
const measured: Record<string, Bounds> = {
  "1722397814/screenshots/3.png 19": { left: 42, top: 1506, right: 363, bottom: 1632 },
  "1722397814/screenshots/5.png 28": { left: 41, top: 2200, right: 269, bottom: 2326 },
  "1722397814/screenshots/7.png 23": { left: 41, top: 2200, right: 269, bottom: 2326 },
};
const width = 1080;
const height = 2400;
const statusBar: [number, number, number, number] = [0, 0, width, 128];

const elementLine = /<element id="(\d+)"(.*?)> (.*?) <\/element>/gsu;

async function recordedElements(root: string, step: RecordedStep): Promise<RecordedElement[]> {
  const boxes = await markedBoxes(path.join(root, step.image));
  return [...step.state.matchAll(elementLine)].map(([, number, attributes, text]) => ({
    number: Number(number),
    attributes: attributes!,
    text: text!.trim(),
    bounds: measured[`${step.image} ${number}`] ?? boxes.get(Number(number)),
  }));
}

const nodeOf = ({ attributes, text, bounds }: RecordedElement, packageName: string): NodeSpec => {
  const shortClass = /class="(\w+)"/u.exec(attributes)?.[1] ?? "View";
  const isText = /Text|Button$/u.test(shortClass) && shortClass !== "ImageButton";
  const has = (flag: string): boolean => attributes.split(" ").includes(flag);
  return {
    class: shortClass === "View" ? "android.view.View" : `android.widget.${shortClass}`,
    package: packageName,
    "resource-id": /resource-name="([^"]*)"/u.exec(attributes)?.[1] ?? "",
    bounds: [bounds!.left, bounds!.top, bounds!.right, bounds!.bottom],
    [isText ? "text" : "content-desc"]: text,
    clickable: has("clickable"),
    checkable: has("checkable"),
    checked: attributes.includes('status="on"'),
    // The recorder lists containers only where they scroll.
    scrollable: text === "" && /Scroll|Recycler|Pager/u.test(shortClass),
    children: [],
  };
};

/** The record is a flat list; what lies within the bounds of another is taken for its child. */
function nested(nodes: readonly NodeSpec[]): NodeSpec[] {
  const area = ({ bounds: [l, t, r, b] = [0, 0, 0, 0] }: NodeSpec): number => (r - l) * (b - t);
  const holds = (outer: NodeSpec, inner: NodeSpec): boolean => {
    const [a, b] = [outer.bounds!, inner.bounds!];
    return a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3] && area(outer) > area(inner);
  };
  const roots: NodeSpec[] = [];
  for (const node of nodes) {
    const parents = nodes.filter((other) => holds(other, node)).sort((a, b) => area(a) - area(b));
    (parents[0]?.children ?? roots).push(node);
  }
  return roots;
}

function screenOf(elements: readonly RecordedElement[], app: string): Screen {
  const packageName = app === "com.android.systemui" ? app : "app";
  const clock = elements.findIndex(({ attributes }) => attributes.includes("com.android.systemui:id/clock"));
  const seen = (part: readonly RecordedElement[]): RecordedElement[] =>
    part.filter(({ bounds }) => bounds !== undefined);
  const bar = seen(elements.slice(clock)).map((element) => nodeOf(element, "com.android.systemui"));
  const content = seen(elements.slice(0, clock)).map((element) => nodeOf(element, packageName));
  return buildScreen({
    xml: treeXml(
      { package: "com.android.systemui", bounds: statusBar, children: nested(bar) },
      { package: packageName, bounds: [0, 0, width, height], children: nested(content) },
    ),
    width,
    height,
    package: packageName,
    activity: "",
    treeSource: "uiautomator",
    secure: false,
    keyboardShown: false,
    capturedAt: 0,
  });
}

const middle = ({ left, top, right, bottom }: Bounds): [number, number] => [
  Math.floor((left + right) / 2),
  Math.floor((top + bottom) / 2),
];

/** The one of our elements that stands for a recorded one: with its words, and a finger goes to the same place. */
function ours(screen: Screen, recorded: RecordedElement): Element | undefined {
  const [x, y] = middle(recorded.bounds!);
  return screen.elements.find((element) => {
    const words = [element.text, element.description, element.hint].flatMap((text) => text.split("\n"));
    const at = middle(element.bounds);
    return at[0] === x && at[1] === y && (recorded.text === "" || words.includes(recorded.text));
  });
}

fixtureTest("androidgen-traces", (root) => {
  const steps = readdirSync(root).flatMap((trace) =>
    readFileSync(path.join(root, trace, "record.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedStep),
  );
  const screens: { step: RecordedStep; elements: RecordedElement[]; screen: Screen }[] = [];

  beforeAll(async () => {
    for (const step of steps) {
      const elements = await recordedElements(root, step);
      screens.push({ step, elements, screen: screenOf(elements, step.app) });
    }
  });

  test("all 34 elements that were acted on are in our listing, at the same place and with the same words", () => {
    const acted = screens.flatMap(({ step, elements, screen }) => {
      const number = /element_id="(\d+)"/u.exec(step.response)?.[1];
      return number === undefined ? [] : [{ step, screen, recorded: elements[Number(number)]! }];
    });
    const lost = acted.filter(({ screen, recorded }) => {
      const element = ours(screen, recorded);
      if (element === undefined || element.visibleFraction < 1) return true;
      const [x, y] = middle(reachableBounds(element, screen));
      const { left, top, right, bottom } = recorded.bounds!;
      const reached = x >= left && x < right && y >= top && y < bottom;
      return (
        !reached ||
        !listing(screen)
          .split("\n")
          .some((line) => line.startsWith(`[${element.index}] `))
      );
    });
    expect(
      lost.map(({ step, recorded }) => `${step.image}: ${recorded.attributes} ${recorded.text}`),
    ).toEqual([]);
    expect(acted).toHaveLength(34);
  });

  test("no word of an app's screen is lost", () => {
    const told = screens.flatMap(({ step, elements, screen }) => {
      const clock = elements.findIndex(({ attributes }) => attributes.includes("systemui:id/clock"));
      const text = listing(screen);
      return elements
        .slice(0, clock)
        .filter(({ text: words, bounds }) => words !== "" && bounds !== undefined)
        .map(({ number, text: words }) => ({
          at: `${step.image} ${number}: ${words}`,
          // Of a long text the listing has the beginning.
          there: text.includes(JSON.stringify(words.slice(0, 200)).slice(1, -1)),
        }));
    });
    expect(told.filter(({ there }) => !there).map(({ at }) => at)).toEqual([]);
    expect(told.length).toBeGreaterThan(400);
  });
});
