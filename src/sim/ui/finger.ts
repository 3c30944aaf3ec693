/** What one finger on the glass means, by whatever way it comes: a tap, a long press, or a swipe. */
import type { Windows } from "./windows.ts";

export interface Point {
  x: number;
  y: number;
}

/** ViewConfiguration at 420 dpi: how far a finger may slip, and how long it rests for a long press. */
const touchSlop = 21;
const longPressMs = 400;

/**
 * One finger from down to up; `path` begins where it went down. A finger that rests before it moves away
 * drags what it holds, which no app here knows: it swipes.
 */
export function touchScreen(windows: Windows, path: readonly Point[], durationMs: number): void {
  const from = path[0]!;
  const to = path.at(-1)!;
  if (path.some((point) => distance(from, point) > touchSlop))
    windows.swipe(from.x, from.y, to.x, to.y, durationMs);
  else if (durationMs >= longPressMs) windows.longPress(from.x, from.y);
  else windows.tap(from.x, from.y);
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
