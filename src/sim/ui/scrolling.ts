/** Which view scrolls, and by how much for the page keys. */
import { everyBox, type Box } from "./layout.ts";
import { boxAt, type Stage } from "./stage.ts";

/** The innermost view under a point that can scroll that way. */
export function firstScroller(root: Box, x: number, y: number, horizontal: boolean): Box | undefined {
  const candidates = new Set<unknown>();
  for (const box of everyBox(root)) {
    if (box.scroll && box.scroll.max > 0 && box.scroll.horizontal === horizontal) candidates.add(box.view);
  }
  return boxAt(root, x, y, (view) => candidates.has(view));
}

/** PAGE_UP (-1) and PAGE_DOWN (1) on the first view that scrolls. */
export function scrollPage(stage: Stage, step: -1 | 1): void {
  for (const { scroll, rect, view } of everyBox(stage.active)) {
    if (!scroll || scroll.max === 0 || scroll.horizontal || view.kind !== "scroll") continue;
    const target = scroll.offset + step * (rect.bottom - rect.top);
    stage.window.scroll[view.id] = Math.min(Math.max(0, target), scroll.max);
    return;
  }
}
