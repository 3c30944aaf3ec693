/** Where a finger opens and closes the notification shade beside its own views. */
import { everyBox } from "./layout.ts";
import { contains, DENSITY } from "./metrics.ts";
import type { Display } from "./display.ts";
import type { Stage } from "./stage.ts";
import type { Swipe } from "./touch.ts";

/** Pixels per millisecond from which Android takes a finger for a fling (FlingAnimationUtils: 250 dp a second). */
const flingSpeed = (250 * DENSITY) / 1000;

/** A finger that pulls the status bar down: quickly, or over half of the screen. */
export function opensShade({ statusBar, height }: Display, { x1, y1, x2, y2, durationMs }: Swipe): boolean {
  const down = y2 - y1;
  if (!contains(statusBar, x1, y1) || down <= Math.abs(x2 - x1)) return false;
  return down / Math.max(1, durationMs) >= flingSpeed || down > height / 2;
}

/** The empty place under the last notification: a tap there closes the shade. */
export function isBelowNotifications({ active }: Stage, x: number, y: number): boolean {
  for (const { view, visible, children } of everyBox(active)) {
    if (view.id !== "notification_stack_scroller") continue;
    return contains(visible, x, y) && children.every((child) => y >= child.visible.bottom);
  }
  return false;
}
