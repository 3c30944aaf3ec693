import { apps } from "../src/sim/apps/index.ts";
import { createSimulatedDevice } from "../src/sim/device.ts";
import { createWindows } from "../src/sim/ui/index.ts";
import { buildScreen, elementsFromTree, listing, parseTree, screenImage } from "../src/screen/index.ts";
import { repeat, round, type Figure } from "./figure.ts";

/** From a PNG and a UI tree, as a device gives them, to elements, fingerprint and the agent's text. */
export async function screenPipeline(): Promise<Figure[]> {
  const device = createSimulatedDevice({ seed: 1, apps, createWindows });
  try {
    const { windows } = device.phone;
    const png = await windows.png();
    const { width, height } = windows;
    const xml = bigTree(200, width, height);
    const whole = await repeat(100, () => {
      const screen = buildScreen({
        xml,
        image: screenImage(png),
        width,
        height,
        package: "com.example",
        activity: ".Main",
        treeSource: "uiautomator",
        secure: false,
        keyboardShown: false,
        capturedAt: 0,
      });
      return listing(screen);
    });
    const parse = await repeat(100, () => elementsFromTree(parseTree(xml), { width, height }));
    return [
      {
        name: "screen-pipeline",
        value: round(whole.median),
        unit: "ms",
        spread: round(whole.spread),
        note: "200 nodes",
      },
      {
        name: "screen-elements",
        value: round(parse.median),
        unit: "ms",
        spread: round(parse.spread),
        baseline: {
          name: "screen-pipeline",
          value: round(whole.median),
          ratio: round(parse.median / whole.median),
        },
      },
    ];
  } finally {
    device.close();
  }
}

/** A list of rows like a settings page's, of about `nodes` nodes. */
function bigTree(nodes: number, width: number, height: number): string {
  const node = (cls: string, attributes: string, top: number, bottom: number, inner = ""): string =>
    `<node index="0" text="" resource-id="" class="${cls}" package="com.example" content-desc="" checkable="false" checked="false" clickable="false" enabled="true" focusable="false" focused="false" scrollable="false" long-clickable="false" password="false" selected="false" bounds="[0,${top}][${width},${bottom}]" ${attributes}>${inner}</node>`;
  const count = Math.floor(nodes / 4);
  const rowHeight = Math.floor(height / count);
  const rows = Array.from({ length: count }, (_, i) => {
    const top = i * rowHeight;
    const bottom = top + rowHeight;
    const label = (text: string): string =>
      node("android.widget.TextView", "", top, bottom).replace('text=""', `text="${text} ${i}"`);
    const inner =
      label("Title of row") +
      label("A summary of what it does, row") +
      node("android.widget.Switch", "", top, bottom);
    return node("android.widget.LinearLayout", "", top, bottom, inner).replace(
      'clickable="false"',
      'clickable="true"',
    );
  });
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">${node("android.widget.FrameLayout", "", 0, height, rows.join(""))}</hierarchy>`;
}
