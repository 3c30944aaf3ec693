/** Finding elements (the real one's `ElementLocationHelpers`, androidx's ByMatcher). */
import { Uia2Error } from "./errors.ts";
import { serverPackage } from "./names.ts";
import type { UiNode } from "./nodes.ts";
import type { Settings } from "./settings.ts";
import { findByXPath } from "./xpath/index.ts";

const strategies = ["id", "xpath", "accessibility id", "class name", "-android uiautomator"];

/** `package:type/name`, as against a bare name. */
const fullId = /^[a-zA-Z_][a-zA-Z0-9._]*:[^/]+\/\S+$/u;

export interface Search {
  strategy: string;
  selector: string;
  roots: readonly UiNode[];
  /** Looks at and below this node only; an XPath below it. */
  context: UiNode | undefined;
  settings: Settings;
  /** Of the session: `appPackage` completes ids. */
  capabilities: Readonly<Record<string, unknown>>;
}

/** Every match; UiSelectors are looked for elsewhere. Throws `invalid selector`. */
export function findNodes({ strategy, selector, roots, context, settings, capabilities }: Search): UiNode[] {
  const from = context === undefined ? roots : [context];
  switch (strategy) {
    case "id": {
      const id = completeId(selector, settings, capabilities);
      return byAccessibility(from, ({ tree }) => tree.resourceId === id);
    }
    case "accessibility id":
      return byAccessibility(from, ({ tree }) => tree.desc === selector);
    case "class name": {
      const name = selector.startsWith(".") ? `android.widget${selector}` : selector;
      return byAccessibility(from, ({ tree }) => tree.className === name);
    }
    case "xpath":
      return findByXPath(selector, roots, context, settings);
    default:
      throw new Uia2Error(
        "invalid selector",
        `Selector strategy '${strategy}' is not supported. Only the following selector strategies are supported: [${strategies.join(", ")}]`,
      );
  }
}

/** ByMatcher's order: what is below a node comes before it, so that the first match is the innermost. */
export function byAccessibility(from: readonly UiNode[], test: (node: UiNode) => boolean): UiNode[] {
  return from.flatMap((node) => [...byAccessibility(node.children, test), ...(test(node) ? [node] : [])]);
}

/** A bare name means one of the app that the session is for; without one it is the server's own, and finds nothing. */
function completeId(selector: string, settings: Settings, capabilities: Search["capabilities"]): string {
  if (settings.get("disableIdLocatorAutocompletion") || fullId.test(selector)) return selector;
  const { appPackage } = capabilities;
  const owner = typeof appPackage === "string" && appPackage.trim() !== "" ? appPackage : serverPackage;
  return `${owner}:id/${selector}`;
}
