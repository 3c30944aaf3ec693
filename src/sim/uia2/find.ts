/** Finding elements (the real one's `ElementLocationHelpers`, androidx's BySelector matching). */
import { Uia2Error } from "./errors.ts";
import { everyNode, type UiNode } from "./nodes.ts";
import type { Settings } from "./settings.ts";
import { findBySelector } from "./ui-selector.ts";
import { findByXPath } from "./xpath/index.ts";

const strategies = ["id", "xpath", "accessibility id", "class name", "-android uiautomator"];

/** `package:type/name`, as against a bare name. */
const fullId = /^[a-zA-Z_][a-zA-Z0-9._]*:[^/]+\/\S+$/u;

export interface Search {
  strategy: string;
  selector: string;
  roots: readonly UiNode[];
  /** Looks below this node only. */
  context: UiNode | undefined;
  settings: Settings;
}

/** Every match, in the order of the tree. Throws `invalid selector`. */
export function findNodes(search: Search): UiNode[] {
  const { strategy, selector, roots, context, settings } = search;
  const below = (): UiNode[] =>
    context === undefined ? roots.flatMap((root) => [...everyNode(root)]) : [...everyNode(context)].slice(1);
  switch (strategy) {
    case "id": {
      const id = completeId(selector, roots, settings);
      return below().filter(({ tree }) => tree.resourceId === id);
    }
    case "accessibility id":
      return below().filter(({ tree }) => tree.desc === selector);
    case "class name":
      return below().filter(({ tree }) => tree.className === selector);
    case "-android uiautomator":
      return findBySelector(selector, context === undefined ? roots : context.children);
    case "xpath":
      return findByXPath(selector, roots, context);
    default:
      throw new Uia2Error(
        "invalid selector",
        `Selector strategy '${strategy}' is not supported. Only the following selector strategies are supported: [${strategies.join(", ")}]`,
      );
  }
}

/** A bare name means one of the app in front. */
function completeId(selector: string, roots: readonly UiNode[], settings: Settings): string {
  if (settings.get("disableIdLocatorAutocompletion") || fullId.test(selector)) return selector;
  const front = roots.find(({ window }) => window.active) ?? roots[0];
  return front === undefined ? selector : `${front.window.package}:id/${selector}`;
}
