/** Turns a view and its room into boxes with places in pixels. */
import { Edge, MeasureMode, Direction, type Node } from "yoga-layout";
import { directionOf, makeNode } from "./flex.ts";
import { blockOf, measureLeaf, TOGGLE_GAP, SWITCH_SIZE, CHECK_SIZE } from "./measure.ts";
import { intersect, isEmpty, rect, type Rect } from "./metrics.ts";
import type { TextBlock } from "./text.ts";
import type { View } from "./view.ts";

export interface ScrollRange {
  horizontal: boolean;
  /** How far the content is scrolled, 0 to `max`. */
  offset: number;
  max: number;
}

/** A view with its place on the screen. */
export interface Box {
  view: View;
  rect: Rect;
  /** The part of `rect` that nothing above cuts off. */
  visible: Rect;
  children: Box[];
  block?: TextBlock;
  scroll?: ScrollRange;
}

/** Room for a window. Without a height it is as high as its content, up to `maxHeight`; so with the width. */
export interface Room {
  left: number;
  top: number;
  width?: number;
  minWidth?: number;
  maxWidth?: number;
  height?: number;
  maxHeight?: number;
}

interface Built {
  view: View;
  node: Node;
  children: Built[];
  holdsScroll: boolean;
}

function childrenOf(view: View): View[] {
  return view.kind === "box" || view.kind === "scroll" ? view.children : [];
}

function build(view: View, parent: "row" | "column" | "scroll"): Built {
  const inner = view.kind === "scroll" ? "scroll" : directionOf(view);
  const children = childrenOf(view).map((child) => build(child, inner));
  const holdsScroll = view.kind === "scroll" || children.some((child) => child.holdsScroll);
  const node = makeNode(view, parent, holdsScroll);
  children.forEach((child, i) => node.insertChild(child.node, i));
  if (view.kind !== "box" && view.kind !== "scroll") {
    node.setMeasureFunc((width, mode) => {
      const size = measureLeaf(view, mode === MeasureMode.Undefined ? Infinity : width);
      return {
        width:
          mode === MeasureMode.Exactly
            ? width
            : mode === MeasureMode.AtMost
              ? Math.min(width, size.width)
              : size.width,
        height: size.height,
      };
    });
  }
  return { view, node, children, holdsScroll };
}

function scrollRange(built: Built, offset: number): ScrollRange {
  const { view, node, children } = built;
  const horizontal = view.kind === "scroll" && view.horizontal === true;
  const ends = children.map(({ node: child }) =>
    horizontal
      ? child.getComputedLeft() + child.getComputedWidth() + child.getComputedMargin(Edge.Right)
      : child.getComputedTop() + child.getComputedHeight() + child.getComputedMargin(Edge.Bottom),
  );
  const padding = node.getComputedPadding(horizontal ? Edge.Right : Edge.Bottom);
  const extent = horizontal ? node.getComputedWidth() : node.getComputedHeight();
  const max = Math.max(0, Math.round(Math.max(0, ...ends) + padding - extent));
  const within = Math.min(Math.max(0, offset), max);
  return { horizontal, offset: view.kind === "scroll" && view.fromEnd ? max - within : within, max };
}

/** The width that a leaf's text was broken for. */
function textRoom(view: View, node: Node): number {
  const width =
    node.getComputedWidth() - node.getComputedPadding(Edge.Left) - node.getComputedPadding(Edge.Right);
  if (view.kind !== "toggle") return width;
  return width - (view.look === "switch" ? SWITCH_SIZE : CHECK_SIZE).width - TOGGLE_GAP;
}

function place(built: Built, left: number, top: number, clip: Rect, offsetOf: (id: string) => number): Box {
  const { view, node } = built;
  const own = rect(
    left + node.getComputedLeft(),
    top + node.getComputedTop(),
    node.getComputedWidth(),
    node.getComputedHeight(),
  );
  const visible = intersect(own, clip);
  const scroll = view.kind === "scroll" ? scrollRange(built, offsetOf(view.id)) : undefined;
  const innerLeft = own.left - (scroll?.horizontal ? scroll.offset : 0);
  const innerTop = own.top - (scroll && !scroll.horizontal ? scroll.offset : 0);
  const children = built.children.map((child) =>
    place(child, innerLeft, innerTop, scroll ? visible : clip, offsetOf),
  );
  // Rows that are scrolled away are neither drawn nor dumped.
  const block = isEmpty(visible) ? undefined : blockOf(view, textRoom(view, node));
  return { view, rect: own, visible, children, ...(scroll ? { scroll } : {}), ...(block ? { block } : {}) };
}

/** Lays out a view. `offsetOf` tells how far a scroll view was scrolled from where it opens, by its id. */
export function layOut(view: View, room: Room, clip: Rect, offsetOf: (id: string) => number): Box {
  const built = build(view, "column");
  const { node } = built;
  if (room.width !== undefined) node.setWidth(room.width);
  if (room.height !== undefined) node.setHeight(room.height);
  if (room.minWidth !== undefined) node.setMinWidth(room.minWidth);
  if (room.maxWidth !== undefined) node.setMaxWidth(room.maxWidth);
  if (room.maxHeight !== undefined) node.setMaxHeight(room.maxHeight);
  try {
    node.calculateLayout(undefined, undefined, Direction.LTR);
    return place(built, room.left, room.top, clip, offsetOf);
  } finally {
    // Yoga's nodes live in WebAssembly memory, out of the garbage collector's reach.
    node.freeRecursive();
  }
}

export function* everyBox(box: Box): Generator<Box> {
  yield box;
  for (const child of box.children) yield* everyBox(child);
}

/** The boxes from the root down to the one that `wanted` holds for. */
export function pathTo(box: Box, wanted: (box: Box) => boolean): Box[] | undefined {
  if (wanted(box)) return [box];
  for (const child of box.children) {
    const path = pathTo(child, wanted);
    if (path) return [box, ...path];
  }
  return undefined;
}
