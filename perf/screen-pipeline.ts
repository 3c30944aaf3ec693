import sharp from "sharp";
import { apps } from "../src/sim/apps/index.ts";
import { createSimulatedDevice } from "../src/sim/device.ts";
import { createWindows } from "../src/sim/ui/index.ts";
import {
  buildScreen,
  elementsFromTree,
  listing,
  markedPicture,
  parseTree,
  screenImage,
} from "../src/screen/index.ts";
import { type Figure, repeat, round } from "./figure.ts";

/**
 * From a PNG and a UI tree of 200 nodes, as a device gives them, to elements, the agent's text and the marked picture.
 * Beside each stands what the same run took for the least that any way of doing it would take: for the tree, reading
 * it as JSON; for the picture, making a JPEG of it without marks.
 */
export async function screenPipeline(): Promise<Figure[]> {
  const { width, height, png } = await simulatedPicture();
  const size = { width, height };
  const xml = bigTree(200, width, height);
  const image = screenImage(png);
  const json = JSON.stringify(parseTree(xml));
  const build = () =>
    buildScreen({
      ...size,
      xml,
      image,
      package: "com.example",
      activity: ".Main",
      treeSource: "uiautomator",
      secure: false,
      keyboardShown: false,
      capturedAt: 0,
    });
  const screen = { ...build(), image };

  const asJson = await repeat(100, () => JSON.parse(json));
  const text = await repeat(100, () => listing({ elements: elementsFromTree(parseTree(xml), size) }));
  const whole = await repeat(100, () => listing(build()));
  const plain = await repeat(20, () => sharp(png).jpeg().toBuffer());
  const marked = await repeat(20, () => markedPicture(screen));

  const besides = (name: string, value: number, baseline: number) => ({
    baseline: { name, value: round(baseline, 3), ratio: round(value / baseline) },
  });
  const figure = (name: string, { median, spread }: { median: number; spread: number }) => ({
    name,
    value: round(median),
    unit: "ms",
    spread: round(spread),
  });
  return [
    {
      ...figure("screen-listing", text),
      ...besides("the same tree read as JSON", text.median, asJson.median),
      note: `200 nodes to ${screen.elements.length} elements and their listing; at most 5 ms`,
    },
    {
      ...figure("screen-pipeline", whole),
      ...besides("the same tree read as JSON", whole.median, asJson.median),
      note: "the same with fingerprint",
    },
    {
      ...figure("screen-marked", marked),
      ...besides("PNG to JPEG without marks", marked.median, plain.median),
      note: `${width}×${height}, ${screen.elements.length} marks; at most 60 ms`,
    },
  ];
}

export async function simulatedPicture(): Promise<{ width: number; height: number; png: Buffer }> {
  const device = createSimulatedDevice({ seed: 1, apps, createWindows });
  try {
    const { windows } = device.phone;
    return { width: windows.width, height: windows.height, png: await windows.png() };
  } finally {
    device.close();
  }
}

/** A list of rows like a settings page's, of about `nodes` nodes: each row has an icon, two texts and a switch. */
function bigTree(nodes: number, width: number, height: number): string {
  const node = (name: string, text: string, [l, t, r, b]: number[], more: string, inner = ""): string =>
    `<node index="0" text="${text}" resource-id="" class="android.widget.${name}" package="com.example" content-desc="" checkable="${more === "checkable"}" checked="false" clickable="${more === "clickable"}" enabled="true" focusable="false" focused="false" scrollable="${more === "scrollable"}" long-clickable="false" password="false" selected="false" bounds="[${l},${t}][${r},${b}]" drawing-order="0" hint="">${inner}</node>`;
  const count = Math.floor(nodes / 5);
  const tall = Math.floor(height / count);
  const rows = Array.from({ length: count }, (_, i) => {
    const top = i * tall;
    const middle = top + Math.floor(tall / 2);
    const inner =
      node("ImageView", "", [0, top, tall, top + tall], "") +
      node("TextView", `Title of row ${i}`, [tall, top, width - 150, middle], "") +
      node("TextView", `A summary of what it does, row ${i}`, [tall, middle, width - 150, top + tall], "") +
      node("Switch", "", [width - 150, top, width, top + tall], "checkable");
    return node("LinearLayout", "", [0, top, width, top + tall], "clickable", inner);
  });
  const list = node("ListView", "", [0, 0, width, height], "scrollable", rows.join(""));
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">${list}</hierarchy>`;
}
