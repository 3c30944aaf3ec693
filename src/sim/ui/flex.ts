/** Styles of views as yoga-layout has them. Lengths become pixels here. */
import Yoga, {
  Align,
  Edge,
  FlexDirection,
  Gutter,
  Justify,
  Overflow,
  PositionType,
  Wrap,
  type Node,
} from "yoga-layout";
import { px } from "./metrics.ts";
import type { Style, View } from "./view.ts";

const justify = {
  start: Justify.FlexStart,
  center: Justify.Center,
  end: Justify.FlexEnd,
  between: Justify.SpaceBetween,
  around: Justify.SpaceAround,
};

const align = { start: Align.FlexStart, center: Align.Center, end: Align.FlexEnd, stretch: Align.Stretch };

const edges = { left: Edge.Left, top: Edge.Top, right: Edge.Right, bottom: Edge.Bottom };

function length(value: number | "100%"): number | "100%" {
  return typeof value === "number" ? px(value) : value;
}

function applySize(node: Node, style: Style): void {
  if (style.width !== undefined) node.setWidth(length(style.width));
  if (style.height !== undefined) node.setHeight(length(style.height));
  if (style.minHeight !== undefined) node.setMinHeight(px(style.minHeight));
  if (style.maxHeight !== undefined) node.setMaxHeight(px(style.maxHeight));
}

function applySpace(node: Node, style: Style): void {
  if (style.padding !== undefined) node.setPadding(Edge.All, px(style.padding));
  if (style.paddingHorizontal !== undefined) node.setPadding(Edge.Horizontal, px(style.paddingHorizontal));
  if (style.paddingVertical !== undefined) node.setPadding(Edge.Vertical, px(style.paddingVertical));
  if (style.margin !== undefined) node.setMargin(Edge.All, px(style.margin));
  if (style.marginHorizontal !== undefined) node.setMargin(Edge.Horizontal, px(style.marginHorizontal));
  if (style.marginVertical !== undefined) node.setMargin(Edge.Vertical, px(style.marginVertical));
  if (style.gap !== undefined) node.setGap(Gutter.All, px(style.gap));
}

function applyPlace(node: Node, style: Style): void {
  if (style.alignSelf) node.setAlignSelf(align[style.alignSelf]);
  if (!style.absolute) return;
  node.setPositionType(PositionType.Absolute);
  for (const [name, edge] of Object.entries(edges)) {
    const value = style.absolute[name as keyof typeof edges];
    if (value !== undefined) node.setPosition(edge, px(value));
  }
}

/**
 * What gives way where room is short: everything without a width in a row; in a column only what
 * scrolls, holds something that scrolls, or was told to fill the room that is left.
 */
function shrinks(view: View, parent: "row" | "column" | "scroll", holdsScroll: boolean): boolean {
  const style = view.style ?? {};
  if (parent === "scroll") return false;
  if (parent === "row") return style.width === undefined || style.grow !== undefined;
  return style.height === undefined && (holdsScroll || style.grow !== undefined);
}

export function directionOf(view: View): "row" | "column" {
  if (view.kind === "scroll") return view.horizontal ? "row" : "column";
  return view.style?.direction ?? "column";
}

/** A yoga node with the style of a view. `parent` is how the view above arranges its children. */
export function makeNode(view: View, parent: "row" | "column" | "scroll", holdsScroll: boolean): Node {
  const style = view.style ?? {};
  const node = Yoga.Node.create();
  applySize(node, style);
  applySpace(node, style);
  applyPlace(node, style);
  node.setFlexDirection(directionOf(view) === "row" ? FlexDirection.Row : FlexDirection.Column);
  if (style.wrap) node.setFlexWrap(Wrap.Wrap);
  if (style.justify) node.setJustifyContent(justify[style.justify]);
  if (style.align) node.setAlignItems(align[style.align]);
  node.setFlexGrow(style.grow ?? (view.kind === "scroll" && parent === "column" ? 1 : 0));
  node.setFlexShrink(style.shrink ?? (shrinks(view, parent, holdsScroll) ? 1 : 0));
  if (view.kind === "scroll") node.setOverflow(Overflow.Scroll);
  return node;
}
