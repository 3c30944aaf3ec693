/** Elements that a client has found (the real one's `ElementsCache`, `BaseElement`). */
import { createHash } from "node:crypto";
import { Uia2Error } from "./errors.ts";
import { everyNodeOf, identityOf, type UiNode } from "./nodes.ts";

/** How an element was found, so that it can be found again when its view has gone. */
export interface Locator {
  strategy: string;
  selector: string;
  context: string | undefined;
}

interface CachedElement {
  identity: string;
  /** Absent where it was not found by a locator, or by one that also gives others. */
  locator: Locator | undefined;
}

const w3cKey = "element-6066-11e4-a52e-4f735466cecf";

/** A node's id as clients see it: made of its window's and its own, as the real one makes it. */
function idOf(node: UiNode): string {
  const window = node.window.id.toString(16).padStart(16, "0");
  const own = createHash("sha256").update(identityOf(node)).digest("hex").slice(0, 16);
  return `${window.slice(0, 8)}-${window.slice(8, 12)}-${window.slice(12)}-${own.slice(0, 4)}-${own.slice(4)}`;
}

export class ElementCache {
  /** The oldest one first; the cache holds 500 (`Session.MAX_CACHE_SIZE`). */
  readonly #elements = new Map<string, CachedElement>();

  /** Keeps the node and gives what tells a client of it. */
  add(node: UiNode, locator?: Locator): Record<string, string> {
    const id = idOf(node);
    this.#elements.delete(id);
    this.#elements.set(id, { identity: identityOf(node), locator });
    const [oldest] = this.#elements.keys();
    if (this.#elements.size > 500 && oldest !== undefined) this.#elements.delete(oldest);
    return { ELEMENT: id, [w3cKey]: id };
  }

  /**
   * The node behind an element, on the screen as it is now.
   * @param find looks for a single element's locator again; throws where nothing is found.
   */
  get(id: string, roots: readonly UiNode[], find: (locator: Locator) => UiNode | undefined): UiNode {
    const element = this.#elements.get(id);
    if (element === undefined)
      throw new Uia2Error(
        "no such element",
        `The element identified by '${id}' is not present in the cache or has expired. Try to find it again`,
      );
    const same = everyNodeOf(roots).find((node) => identityOf(node) === element.identity);
    if (same !== undefined) return same;
    const { locator } = element;
    if (locator === undefined)
      throw new Uia2Error("stale element reference", `The element '${id}' does not exist in DOM anymore`);
    const again = find(locator);
    const name = `By.${locator.strategy}: ${locator.selector}`;
    if (again === undefined)
      throw new Uia2Error("stale element reference", `The element '${name}' does not exist in DOM anymore`);
    if (idOf(again) !== id)
      throw new Uia2Error(
        "stale element reference",
        `The element '${name}' is not linked to the same object in DOM anymore`,
      );
    return again;
  }
}

/** The id out of what a client sends for an element. */
export function elementIdOf(model: unknown): string | undefined {
  if (typeof model !== "object" || model === null) return undefined;
  const { ELEMENT, element, [w3cKey]: w3c } = model as Record<string, unknown>;
  return [w3c, ELEMENT, element].find((id): id is string => typeof id === "string" && id !== "");
}
