/** Elements that a client has found (the real one's `ElementsCache`, `BaseElement`). */
import { createHash } from "node:crypto";
import { Uia2Error } from "./errors.ts";
import { identityOf, type UiNode } from "./nodes.ts";
import type { UiSelector } from "./ui-selector/index.ts";

/** How an element was found, so that it can be found again when its view has gone. */
export interface Locator {
  strategy: string;
  selector: string;
  context: string | undefined;
}

/** How an element came to be known. */
export interface Origin {
  /** Absent where it was not looked for. */
  locator?: Locator;
  /** One of several that the locator gave. */
  many?: boolean;
  /** What it is found by whenever it is asked: of a UiObject. */
  selector?: UiSelector | undefined;
}

interface CachedElement extends Origin {
  identity: string;
}

const w3cKey = "element-6066-11e4-a52e-4f735466cecf";

/** A node's id as clients see it: made of its window's and its own, as the real one makes it. */
function idOf(node: UiNode): string {
  const window = node.window.id.toString(16).padStart(16, "0");
  const own = createHash("sha256").update(identityOf(node)).digest("hex").slice(0, 16);
  return `${window.slice(0, 8)}-${window.slice(8, 12)}-${window.slice(12)}-${own.slice(0, 4)}-${own.slice(4)}`;
}

export class ElementCache {
  /** What was not used for longest first; the cache holds 500 (`Session.MAX_CACHE_SIZE`). */
  readonly #elements = new Map<string, CachedElement>();

  /** Keeps the node and gives what tells a client of it. */
  add(node: UiNode, origin: Origin): Record<string, string> {
    const id = idOf(node);
    this.#elements.delete(id);
    this.#elements.set(id, { identity: identityOf(node), ...origin });
    const [oldest] = this.#elements.keys();
    if (this.#elements.size > 500 && oldest !== undefined) this.#elements.delete(oldest);
    return { ELEMENT: id, [w3cKey]: id };
  }

  /** Throws `no such element` where it was never found, or so long ago that it is forgotten. */
  get(id: string): CachedElement {
    const element = this.#elements.get(id);
    if (element === undefined)
      throw new Uia2Error(
        "no such element",
        `The element identified by '${id}' is not present in the cache or has expired. Try to find it again`,
      );
    // What is used stays: the cache forgets what was not used for longest.
    this.#elements.delete(id);
    this.#elements.set(id, element);
    return element;
  }
}

/** The id out of what a client sends for an element. */
export function elementIdOf(model: unknown): string | undefined {
  if (typeof model !== "object" || model === null) return undefined;
  const { ELEMENT, element, [w3cKey]: w3c } = model as Record<string, unknown>;
  return [w3c, ELEMENT, element].find((id): id is string => typeof id === "string" && id !== "");
}
