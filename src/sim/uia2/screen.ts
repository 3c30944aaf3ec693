/** What all routes that look at the screen or touch it have in common. */
import type { DeviceOperation } from "../latency.ts";
import { displayOf, type Display } from "../ui/display.ts";
import type { Call } from "./context.ts";
import type { Locator } from "./elements.ts";
import { findNodes } from "./find.ts";
import { rootsOf, type UiNode } from "./nodes.ts";

/** Lets the time of an operation pass, and then has the screen show what is stored. */
export async function spend({ host }: Call, operation: DeviceOperation): Promise<void> {
  await host.latency.spend(operation);
  host.phone.tick();
  host.phone.refresh();
}

export function roots({ host, session }: Call): UiNode[] {
  return rootsOf(host.phone.windows, session.settings);
}

export function display({ host }: Call): Display {
  return displayOf(host.phone.settings);
}

/** The element of the path, or of an id that a body holds. Throws where it is gone. */
export function elementOf(call: Call, id = call.parameters["id"] ?? ""): UiNode {
  const shown = roots(call);
  return call.session.elements.get(id, shown, (locator) => findLocator(call, locator, shown)[0]);
}

export function findLocator(call: Call, locator: Locator, shown: readonly UiNode[]): UiNode[] {
  const { strategy, selector, context } = locator;
  const below = context === undefined ? undefined : elementOf(call, context);
  return findNodes({ strategy, selector, roots: shown, context: below, settings: call.session.settings });
}

export function focusedNode(call: Call): UiNode | undefined {
  return findNodes({
    strategy: "-android uiautomator",
    selector: "new UiSelector().focused(true)",
    roots: roots(call),
    context: undefined,
    settings: call.session.settings,
  })[0];
}

/** Runs what an app does; a fault in it is the app's crash, not the server's. */
export function act({ host }: Call, packageName: string, run: () => void): void {
  host.phone.activities.attempt(packageName, run);
  host.phone.windows.invalidate();
  host.phone.refresh();
}
