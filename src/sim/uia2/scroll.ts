/** Strokes of a finger, and what they scroll. */
import type { ScrollRange } from "../ui/layout.ts";
import { contains } from "../ui/metrics.ts";
import { touchScreen, type Point } from "../ui/finger.ts";
import type { Call } from "./context.ts";
import { everyNode, everyNodeOf, identityOf, type UiNode } from "./nodes.ts";
import { everyWindow, spend, wait } from "./screen.ts";

export async function stroke(call: Call, from: Point, to: Point, durationMs: number): Promise<void> {
  await spend(call, "uia2Input");
  await wait(call, durationMs);
  touchScreen(call.host.phone.windows, [from, to], durationMs);
}

/**
 * As `stroke`; gives how far the view under the finger is scrolled afterwards, as the last TYPE_VIEW_SCROLLED
 * tells. Undefined where nothing has moved, and so no event came.
 */
export async function scrollStroke(
  call: Call,
  from: Point,
  to: Point,
  durationMs: number,
): Promise<ScrollRange | undefined> {
  const horizontal = Math.abs(to.x - from.x) > Math.abs(to.y - from.y);
  const scroller = scrollerAt(call, from, horizontal);
  await stroke(call, from, to, durationMs);
  if (scroller === undefined) return undefined;
  const identity = identityOf(scroller);
  const after = everyNodeOf(everyWindow(call)).find((node) => identityOf(node) === identity);
  const scroll = after?.tree.scroll;
  return scroll !== undefined && scroll.offset !== scroller.tree.scroll!.offset ? scroll : undefined;
}

/** The innermost one, in the window that lies on top. */
function scrollerAt(call: Call, at: Point, horizontal: boolean): UiNode | undefined {
  return everyWindow(call)
    .map((root) =>
      [...everyNode(root)].findLast(
        ({ tree }) =>
          tree.scroll?.horizontal === horizontal && tree.scroll.max > 0 && contains(tree.bounds, at.x, at.y),
      ),
    )
    .find((found) => found !== undefined);
}
