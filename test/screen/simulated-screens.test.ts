import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { buildScreen, type Element, reachableBounds, type Screen } from "../../src/screen/index.ts";
import { apps } from "../../src/sim/apps/index.ts";
import { createSimulatedDevice } from "../../src/sim/device.ts";
import { writeSource } from "../../src/sim/uia2/source.ts";
import { rootsOf } from "../../src/sim/uia2/nodes.ts";
import { Settings } from "../../src/sim/uia2/settings.ts";
import { displayOf } from "../../src/sim/ui/display.ts";
import { writeWindows } from "../../src/sim/ui/dump.ts";
import { createWindows } from "../../src/sim/ui/index.ts";

let device: ReturnType<typeof createSimulatedDevice>;

beforeEach(() => {
  device = createSimulatedDevice({ seed: 1, apps, createWindows });
});

afterEach(() => {
  device.close();
});

/** The screen as each driver reads it: a dump of all windows, and the source of a session for all windows. */
function bothWays(): { dump: Screen; source: Screen } {
  const { windows, settings } = device.phone;
  const parts = {
    width: windows.width,
    height: windows.height,
    package: "",
    activity: "",
    secure: false,
    keyboardShown: windows.keyboardShown,
    capturedAt: 0,
  };
  const display = displayOf(settings);
  const session = new Settings();
  session.update("enableMultiWindows", true);
  const xml = writeWindows(windows.accessibilityWindows(), display.rotation);
  const source = writeSource(rootsOf(windows, session), display, 70);
  return {
    dump: buildScreen({ ...parts, treeSource: "uiautomator", xml }),
    source: buildScreen({ ...parts, treeSource: "uiautomator2", xml: source }),
  };
}

const comparable = ({ elements, fingerprint }: Screen) => ({
  fingerprint,
  elements: elements.map((element: Element) => {
    return { ...element, value: undefined, hint: "", text: element.text || element.hint };
  }),
});

function tap(text: string): void {
  const { dump } = bothWays();
  const found = dump.elements.find((element) => `${element.text}\n${element.description}`.includes(text));
  const { left, top, right, bottom } = reachableBounds(found!, dump);
  device.phone.windows.tap((left + right) / 2, (top + bottom) / 2);
  device.phone.refresh();
}

test.each([
  ["the home screen", []],
  ["a list of files", ["Markor"]],
  ["a menu", ["Markor", "Sort by"]],
  ["switches and lists", ["Settings", "Display"]],
  ["a slider", ["Settings", "Sound"]],
  ["a field and the keyboard", ["Settings", "Search settings"]],
  ["a form", ["Contacts", "Create contact"]],
])("both drivers read the same from %s", (_, taps) => {
  for (const text of taps) tap(text);
  const { dump, source } = bothWays();
  expect(dump.elements.length).toBeGreaterThan(1);
  expect(comparable(source)).toEqual(comparable(dump));
});
