/** From locators and ids to what is on the screen now. */
import type { Call } from "./context.ts";
import type { Locator } from "./elements.ts";
import { Uia2Error } from "./errors.ts";
import { byAccessibility, findNodes } from "./find.ts";
import { everyNodeOf, identityOf, type UiNode } from "./nodes.ts";
import { roots, rootsWithToast } from "./screen.ts";
import { findManySelected, findOneSelected, selectedNode, type UiSelector } from "./ui-selector/index.ts";

/** A node, with the selector that it is found by whenever it is asked, where it is a UiObject. */
export interface Found {
  node: UiNode;
  selector?: UiSelector;
}

const byUiAutomator = "-android uiautomator";

export async function findFirst(call: Call, locator: Locator): Promise<Found | undefined> {
  if (locator.strategy === byUiAutomator)
    return findOneSelected(call, locator.selector, contextOf(call, locator));
  const node = findNow(call, locator)[0];
  return node && { node };
}

export async function findEvery(call: Call, locator: Locator): Promise<Found[]> {
  if (locator.strategy === byUiAutomator)
    return findManySelected(call, locator.selector, contextOf(call, locator));
  return findNow(call, locator).map((node) => ({ node }));
}

function findNow(call: Call, locator: Locator): UiNode[] {
  const { strategy, selector } = locator;
  const { settings, capabilities } = call.session;
  const shown = strategy === "xpath" ? rootsWithToast(call) : roots(call);
  const context = contextOf(call, locator);
  return findNodes({ strategy, selector, roots: shown, context, settings, capabilities });
}

function contextOf(call: Call, { context }: Locator): UiNode | undefined {
  return context === undefined ? undefined : elementOf(call, context);
}

/**
 * The element of the path, or of an id that a body holds. A view that has gone is looked for once more by what it
 * was found by (`ElementsCache.restore`). Throws where it is gone for good.
 */
export function elementOf(call: Call, id = call.parameters["id"] ?? ""): UiNode {
  const { identity, locator, many, selector } = call.session.elements.get(id);
  const name = locator === undefined ? id : `${byNames[locator.strategy]}: ${locator.selector}`;
  const gone = (message: string): Uia2Error => new Uia2Error("stale element reference", message);
  if (selector !== undefined && locator !== undefined) {
    const node = selectedNode(call, selector, contextOf(call, locator));
    if (node !== undefined) return node;
  } else {
    const same = everyNodeOf(rootsWithToast(call)).find((node) => identityOf(node) === identity);
    if (same !== undefined) return same;
  }
  if (many) throw gone(`Cached elements '${name}' do not exist in DOM anymore`);
  const again =
    locator === undefined || selector !== undefined
      ? undefined
      : findNow(call, locator.context === id ? { ...locator, context: undefined } : locator)[0];
  if (again === undefined) throw gone(`The element '${name}' does not exist in DOM anymore`);
  if (identityOf(again) !== identity)
    throw gone(`The element '${name}' is not linked to the same object in DOM anymore`);
  return again;
}

/** As the real server's `By` classes name themselves. */
const byNames: Record<string, string> = {
  id: "By.id",
  "accessibility id": "By.accessibilityId",
  "class name": "By.clazz",
  xpath: "By.xpath",
  [byUiAutomator]: "By.AndroidUiAutomator",
};

/** What has the input focus, in any of the windows that the settings ask for. */
export function focusedNode(call: Call): UiNode | undefined {
  return byAccessibility(roots(call), ({ tree }) => tree.focused === true)[0];
}
