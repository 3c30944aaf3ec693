import { around, isEmpty, nothing } from "./rect.ts";
import type { Bounds, ScrollDirection } from "./screen.ts";
import type { Shown } from "./shown.ts";
import { isTouchable, says } from "./traits.ts";

interface Axis {
  start: "top" | "left";
  end: "bottom" | "right";
  backward: ScrollDirection;
  forward: ScrollDirection;
}

const vertical: Axis = { start: "top", end: "bottom", backward: "up", forward: "down" };
const horizontal: Axis = { start: "left", end: "right", backward: "left", forward: "right" };

/**
 * Which ways something that scrolls goes on, as far as bounds tell: an item that is cut off at the edge. Bounds are
 * cut off as well, so an item at the edge counts as cut where it is smaller than others of its kind, which are all
 * the same, or else where its contents are nearer to the edge than to its other end. A list whose last row fits
 * exactly is not told from one that ends there.
 */
export function scrollHints(shown: Shown): ScrollDirection[] {
  if (!shown.node.scrollable) return [];
  const items = itemsOf(shown);
  const axis = axisOf(shown, items);
  if (axis === undefined) return [];
  const byStart = items.toSorted((a, b) => a.bounds[axis.start] - b.bounds[axis.start]);
  const byEnd = items.toSorted((a, b) => b.bounds[axis.end] - a.bounds[axis.end]);
  const hints: ScrollDirection[] = [];
  const first = byStart[0]!;
  const last = byEnd[0]!;
  if (
    first.bounds[axis.start] <= shown.bounds[axis.start] &&
    isCut(first, items, shown.bounds, axis, axis.start)
  ) {
    hints.push(axis.backward);
  }
  if (last.bounds[axis.end] >= shown.bounds[axis.end] && isCut(last, items, shown.bounds, axis, axis.end)) {
    hints.push(axis.forward);
  }
  return hints;
}

/** Rows of a list; of a page in a single wrapper, what is in the wrapper. */
function itemsOf(shown: Shown): Shown[] {
  const items = shown.children.filter(({ bounds }) => !isEmpty(bounds));
  return items.length === 1 ? itemsOf(items[0]!) : items;
}

function axisOf({ node }: Shown, items: readonly Shown[]): Axis | undefined {
  const [first, second] = items;
  if (first === undefined || second === undefined) return undefined;
  if (/Horizontal|ViewPager/u.test(node.className)) return horizontal;
  const beside =
    items.every(({ bounds }) => bounds.top < first.bounds.bottom && first.bounds.top < bounds.bottom) &&
    (second.bounds.left >= first.bounds.right || second.bounds.right <= first.bounds.left);
  return beside ? horizontal : vertical;
}

function isCut(
  item: Shown,
  items: readonly Shown[],
  frame: Bounds,
  axis: Axis,
  side: Axis["start"] | Axis["end"],
): boolean {
  const sizeOf = ({ bounds }: Shown): number => bounds[axis.end] - bounds[axis.start];
  const whole = items.filter(
    ({ node, bounds }) =>
      node.className === item.node.className &&
      node.resourceId === item.node.resourceId &&
      bounds[axis.start] > frame[axis.start] &&
      bounds[axis.end] < frame[axis.end],
  );
  const sizes = whole.map(sizeOf);
  if (sizes.length > 0 && Math.max(...sizes) - Math.min(...sizes) <= 1) return sizeOf(item) < sizes[0]! - 1;
  const contents = contentsOf(item);
  if (isEmpty(contents)) return whole.length > 0 || says(item.node);
  const atStart = contents[axis.start] - item.bounds[axis.start];
  const atEnd = item.bounds[axis.end] - contents[axis.end];
  return side === axis.start ? 2 * atStart < atEnd : 2 * atEnd < atStart;
}

function contentsOf(item: Shown): Bounds {
  return item.children.reduce((sum, child) => {
    const own = says(child.node) || isTouchable(child.node) ? child.bounds : nothing;
    return around(sum, around(own, contentsOf(child)));
  }, nothing);
}
