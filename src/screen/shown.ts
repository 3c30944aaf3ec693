import { area, intersection } from "./rect.ts";
import type { Bounds } from "./screen.ts";
import type { TreeNode } from "./tree.ts";
import { isForeign, type Surroundings } from "./windows.ts";

/** A node as far as it is on the screen. */
export interface Shown {
  node: TreeNode;
  parent: Shown | undefined;
  /** What is left of the node's bounds inside screen, window, and all that scrolls it; may be empty. */
  bounds: Bounds;
  /** The parts of `bounds` that nothing covers, which do not overlap. */
  free: Bounds[];
  /** Larger than a row, a card or a button may be, whatever its flags say. */
  isPage: boolean;
  children: Shown[];
}

/** Cards with a picture take up to two fifths of a screen; pages and sheets that take touches, more than half of it. */
const smallestPage = 0.5;

/**
 * The visible nodes of a window. UiAutomator2 cuts bounds at what scrolls them, `uiautomator dump` does not; after
 * this they are the same.
 */
export function shownNodes(root: TreeNode, screen: Surroundings): Shown {
  const whole = { left: 0, top: 0, right: screen.width, bottom: screen.height };
  const place = (node: TreeNode, parent: Shown | undefined, frame: Bounds): Shown => {
    const bounds = intersection(node.bounds, frame);
    const isPage = area(bounds) >= smallestPage * area(whole);
    const shown: Shown = { node, parent, bounds, free: [], isPage, children: [] };
    const inner = node.scrollable ? bounds : frame;
    for (const child of node.children) {
      if (child.visible && !isForeign(child, root, screen)) shown.children.push(place(child, shown, inner));
    }
    return shown;
  };
  return place(root, undefined, intersection(root.bounds, whole));
}
