import type { Bounds } from "./screen.ts";

export const nothing: Bounds = { left: 0, top: 0, right: 0, bottom: 0 };

export function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}

export function area(bounds: Bounds): number {
  return isEmpty(bounds) ? 0 : (bounds.right - bounds.left) * (bounds.bottom - bounds.top);
}

/** What both have in common; empty or inverted where that is nothing. */
export function intersection(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

export function overlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The smallest rectangle around both; an empty one counts for nothing. */
export function around(a: Bounds, b: Bounds): Bounds {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

export function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

/** Whether the middle of `inner`, where a finger goes, is in `outer`. */
export function holdsMiddle(outer: Bounds, inner: Bounds): boolean {
  const x = Math.floor((inner.left + inner.right) / 2);
  const y = Math.floor((inner.top + inner.bottom) / 2);
  return x >= outer.left && x < outer.right && y >= outer.top && y < outer.bottom;
}

/** What is left of rectangles that do not overlap when `hole` is cut out, in such rectangles. */
export function cutOut(pieces: readonly Bounds[], hole: Bounds): Bounds[] {
  const left: Bounds[] = [];
  const keep = (rest: Bounds): void => {
    if (!isEmpty(rest)) left.push(rest);
  };
  for (const piece of pieces) {
    if (!overlap(piece, hole)) {
      left.push(piece);
      continue;
    }
    const middle = intersection(piece, hole);
    keep({ ...piece, bottom: middle.top });
    keep({ ...piece, top: middle.bottom });
    keep({ ...middle, left: piece.left, right: middle.left });
    keep({ ...middle, left: middle.right, right: piece.right });
  }
  return left;
}

export function largest(pieces: readonly Bounds[]): Bounds | undefined {
  let best: Bounds | undefined;
  for (const piece of pieces) if (best === undefined || area(piece) > area(best)) best = piece;
  return best;
}
