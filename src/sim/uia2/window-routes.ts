import { PANEL_ID } from "../ui/metrics.ts";
import type { AccessibilityWindow } from "../ui/windows.ts";
import { densityOf } from "./device-routes.ts";
import type { Call, Routes } from "./context.ts";
import { Uia2Error } from "./errors.ts";
import { centerOf, everyNode, everyNodeOf, textOf, type UiNode } from "./nodes.ts";
import { display, everyWindow, spend, spendAndSettle } from "./screen.ts";

/** Windows, displays, and the dialogs that WebDriver calls alerts. */
export const windowRoutes: Routes = {
  "POST /session/:sessionId/appium/list_windows": (call) => {
    const { filters } = call.body;
    const wanted = typeof filters === "object" && filters !== null ? Object.entries(filters) : [];
    return call.host.phone.windows
      .accessibilityWindows()
      .map(windowModel)
      .filter((model) => wanted.every(([key, value]) => fits(model[key], value)));
  },
  "POST /session/:sessionId/appium/list_displays": (call) => {
    const { width, height } = display(call);
    const density = densityOf(call.host.phone);
    const metrics = {
      widthPixels: width,
      heightPixels: height,
      density: density / 160,
      densityDpi: density,
      scaledDensity: density / 160,
      xdpi: density,
      ydpi: density,
    };
    return [
      {
        id: 0,
        name: "Built-in Screen",
        physicalId: PANEL_ID,
        virtualId: null,
        metrics,
        isDefault: true,
      },
    ];
  },
  "GET /session/:sessionId/alert/text": async (call) => {
    await spendAndSettle(call, "uia2Find");
    const content = alertNodes(call).find(({ tree }) => tree.resourceId === "android:id/content");
    if (content === undefined) throw noAlert();
    return [...everyNode(content)]
      .filter(({ tree }) => tree.resourceId?.includes(":id/") && !buttonId.test(tree.resourceId))
      .map(textOf)
      .filter((text) => text.trim() !== "")
      .join("\n");
  },
  "POST /session/:sessionId/alert/accept": (call) => press(call, "accept"),
  "POST /session/:sessionId/alert/dismiss": (call) => press(call, "dismiss"),
};

/** android.view.accessibility.AccessibilityWindowInfo. */
const windowTypes: Record<AccessibilityWindow["type"], number> = {
  application: 1,
  inputMethod: 2,
  system: 3,
};

function windowModel(window: AccessibilityWindow): Record<string, unknown> {
  const { left, top, right, bottom } = window.bounds;
  return {
    windowId: window.id,
    displayId: 0,
    physicalDisplayId: PANEL_ID,
    virtualDisplayId: null,
    rect: { x: left, y: top, width: right - left, height: bottom - top },
    packageName: window.package,
    // Android takes pictures of single windows since API 34.
    screenshot: null,
    type: windowTypes[window.type],
    title: window.title === "" ? null : window.title,
    layer: window.layer,
    isAccessibilityFocused: false,
    isActive: window.active,
    isFocused: window.focused,
    isInPictureInPictureMode: false,
  };
}

/** Text may hold `*` and `?`; a filter for what a window has not does not keep it out. */
function fits(value: unknown, wanted: unknown): boolean {
  if (wanted === null || value === undefined) return true;
  const text = typeof wanted === "string" ? wanted : JSON.stringify(wanted);
  if (typeof value !== "string") return JSON.stringify(value) === text;
  const pattern = text
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "u").test(value);
}

const titleId = /:id\/(?:alertTitle|custom|permission_message)$/u;
const buttonId = /^android:id\/button\d+$|:id\/permission_\w+_button$/u;

/** What is on the screen with one of Android's own dialogs, the active window first (`AlertHelpers`). */
function alertNodes(call: Call): UiNode[] {
  const windows = everyWindow(call).toSorted((a, b) => Number(b.window.active) - Number(a.window.active));
  const nodes = everyNodeOf(windows);
  if (!nodes.some(({ tree }) => titleId.test(tree.resourceId ?? ""))) throw noAlert();
  return nodes;
}

function noAlert(): Uia2Error {
  return new Uia2Error("no such alert", "No alert is present on the screen");
}

async function press(call: Call, what: "accept" | "dismiss"): Promise<void> {
  await spend(call, "uia2Input");
  const buttons = alertNodes(call).filter(({ tree }) => buttonId.test(tree.resourceId ?? ""));
  const { buttonLabel } = call.body;
  const button =
    typeof buttonLabel === "string"
      ? buttons.find((each) => textOf(each) === buttonLabel)
      : choose(buttons, what);
  if (button === undefined)
    throw new Uia2Error("invalid element state", "The expected button cannot be detected on the alert");
  const { x, y } = centerOf(button.tree.bounds);
  call.host.phone.windows.tap(x, y);
}

/**
 * A dialog's button of the lowest number accepts, and the one of the next number dismisses, whether there is one or
 * not; a permission's are told by their names.
 */
function choose(buttons: readonly UiNode[], what: "accept" | "dismiss"): UiNode | undefined {
  const numbers = buttons.flatMap(
    ({ tree }) => /^android:id\/button(\d+)$/u.exec(tree.resourceId!)?.[1] ?? [],
  );
  if (numbers.length > 0) {
    const lowest = Math.min(...numbers.map(Number));
    const wanted = what === "dismiss" && numbers.length > 1 ? lowest + 1 : lowest;
    return buttons.find(({ tree }) => tree.resourceId === `android:id/button${wanted}`);
  }
  const word = what === "accept" ? /[^a-z]allow[^a-z]/iu : /[^a-z]deny[^a-z]/iu;
  const named = buttons.find(({ tree }) => word.test(tree.resourceId ?? ""));
  return named ?? (what === "accept" ? buttons[1] : undefined) ?? buttons[0];
}
