/** Which view scrolls, and by how much for the page keys. */
import { everyBox, type Box, type ScrollRange } from "./layout.ts";
import { boxAt, type Stage } from "./stage.ts";
import type { ScrollView } from "./view.ts";

/** The innermost view under a point that can scroll that way. */
export function firstScroller(root: Box, x: number, y: number, horizontal: boolean): Box | undefined {
  const candidates = new Set<unknown>();
  for (const box of everyBox(root)) {
    if (box.scroll && box.scroll.max > 0 && box.scroll.horizontal === horizontal) candidates.add(box.view);
  }
  return boxAt(root, x, y, (view) => candidates.has(view));
}

/** Remembers a view's new offset as the distance from where it opens, its start or its end. */
export function scrollTo(stage: Stage, view: ScrollView, { max }: ScrollRange, target: number): void {
  const offset = Math.round(Math.min(Math.max(0, target), max));
  stage.window.scroll[view.id] = view.fromEnd ? max - offset : offset;
}

/** PAGE_UP (-1) and PAGE_DOWN (1) on the first view that scrolls. */
export function scrollPage(stage: Stage, step: -1 | 1): void {
  for (const { scroll, rect, view } of everyBox(stage.active)) {
    if (!scroll || scroll.max === 0 || scroll.horizontal || view.kind !== "scroll") continue;
    scrollTo(stage, view, scroll, scroll.offset + step * (rect.bottom - rect.top));
    return;
  }
}
