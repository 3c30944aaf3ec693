/** What fingers do, given to the phone's windows, which know taps, long presses and swipes. */
import type { Call } from "./context.ts";

export interface Point {
  x: number;
  y: number;
}

/** ViewConfiguration at 420 dpi: the touch slop, and how long a finger rests for a long press. */
const touchSlop = 21;
const longPressMs = 400;

/**
 * One finger from down to up; `path` begins where it went down. It taps, presses long, or swipes to where
 * it ended. A finger that rests before it moves away drags what it holds, which no app here knows: it swipes.
 */
export function finger({ host }: Call, path: readonly Point[], durationMs: number): void {
  const { windows } = host.phone;
  const from = path[0]!;
  const to = path.at(-1)!;
  const left = path.some((point) => distance(from, point) > touchSlop);
  if (left) windows.swipe(from.x, from.y, to.x, to.y, durationMs);
  else if (durationMs >= longPressMs) windows.longPress(from.x, from.y);
  else windows.tap(from.x, from.y);
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
