import { type Cover, CoverIndex } from "./cover-index.ts";
import { area, around, cutOut, intersection, isEmpty, nothing } from "./rect.ts";
import type { Bounds } from "./screen.ts";
import type { Shown } from "./shown.ts";
import { isTouchable, says } from "./traits.ts";
import { keyboardArea, type WindowKind } from "./windows.ts";

/** Things in one container smaller than this share of the screen are parts of one thing, not layers of it. */
const smallestOfLayers = 0.3;
/** A touchable thing larger than this share of the screen hides something only where it is filled. */
const largestTrusted = 0.25;
/** A window or a large container is filled where its contents take up this share of it. */
const filled = 0.5;

/**
 * Finds out for each node which parts of it nothing covers: no higher window and nothing drawn later in its own.
 * `windows` come topmost first.
 *
 * A tree does not say what is transparent. So only what takes touches and has something to say counts as a cover,
 * with its own bounds, and a keyboard, from its first key to its last. Full-screen containers that only hold
 * something at their edge hide nothing but by what they hold.
 */
export function findFree(windows: readonly { kind: WindowKind; shown: Shown }[], screenArea: number): void {
  const above: Cover[] = [];
  for (const { kind, shown } of windows) {
    if (kind === "toast") continue;
    if (kind === "inputMethod") {
      above.push({ bounds: intersection(keyboardArea(shown.node), shown.bounds) });
      continue;
    }
    const covers = new CoverIndex(above);
    uncover(shown, shown, covers, screenArea);
    const parts = covers.after(above.length).map(({ bounds }) => bounds);
    const covered = isFilled(shown.bounds, parts) ? [shown.bounds] : parts;
    above.push(...covered.map((bounds) => ({ bounds })));
  }
}

/**
 * Goes through a window from the last drawn to the first; what covers something is added on the way. `row` is the
 * outermost thing around `shown` that is too small for layers. Gives the outermost things inside that can be touched
 * or read.
 */
function uncover(shown: Shown, row: Shown, covers: CoverIndex, screenArea: number): Bounds[] {
  const above = covers.count;
  const contents: Bounds[] = [];
  const hasLayers = area(shown.bounds) >= smallestOfLayers * screenArea;
  for (const child of lastDrawnFirst(shown.children)) {
    const inside = uncover(child, hasLayers ? child : row, covers, screenArea);
    const speaks = says(child.node) || (isTouchable(child.node) && inside.length > 0);
    contents.push(...(speaks ? [child.bounds] : inside));
  }
  let free = isEmpty(shown.bounds) ? [] : [shown.bounds];
  // What lies inside this node does not cover it; that was added after `above`.
  for (const cover of covers.overlapping(shown.bounds, above)) {
    // Within a row or a card, a button over a text belongs to it.
    if (cover.row !== row) free = cutOut(free, cover.bounds);
  }
  shown.free = free;
  if (isCover(shown, contents, screenArea)) covers.add({ bounds: shown.bounds, row });
  return contents;
}

/** The order of the tree, unless the device says that another child is drawn later. */
function lastDrawnFirst(children: readonly Shown[]): Shown[] {
  return children.toReversed().sort((a, b) => b.node.drawingOrder - a.node.drawingOrder);
}

function isCover(shown: Shown, contents: readonly Bounds[], screenArea: number): boolean {
  const { node, bounds } = shown;
  if (isEmpty(bounds) || !isTouchable(node)) return false;
  // A view that is nothing but tappable and described is often a sheet of glass over a card.
  if (shown.children.length === 0 && node.text === "" && node.className === "android.view.View") return false;
  if (!says(node) && contents.length === 0) return false;
  if (area(bounds) <= largestTrusted * screenArea || node.text !== "") return true;
  // A page that takes touches keeps them from what is under it, also between its lines.
  return isFilled(bounds, [contents.reduce(around, nothing)]);
}

function isFilled(bounds: Bounds, parts: readonly Bounds[]): boolean {
  if (parts.length === 0 || isEmpty(bounds)) return false;
  let left = [bounds];
  for (const part of parts) left = cutOut(left, part);
  const rest = left.reduce((sum, piece) => sum + area(piece), 0);
  return rest <= (1 - filled) * area(bounds);
}
