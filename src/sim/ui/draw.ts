/** Draws a laid out window: each box with its background, then what it is, then its children. */
import type { Context } from "./canvas.ts";
import { drawIcon } from "./icons.ts";
import { drawField } from "./draw-field.ts";
import { drawSlider, drawToggle } from "./draw-controls.ts";
import type { Box } from "./layout.ts";
import { isEmpty, px, type Rect } from "./metrics.ts";
import { clipTo, drawBlock, drawShadow, fillRect, strokeRect } from "./paint.ts";
import type { FieldFocus } from "./state.ts";
import { theme } from "./theme.ts";
import type { ButtonView, TextView } from "./view.ts";

function drawBackground(context: Context, { view, rect }: Box): void {
  const { background, border, elevation, radius: radiusDp } = view.style ?? {};
  const radius = px(radiusDp ?? 0);
  if (elevation) drawShadow(context, rect, radius, elevation);
  if (background !== undefined) fillRect(context, rect, background, radius);
  if (border !== undefined) strokeRect(context, rect, border, radius, px(1));
}

/** A block of text in the middle of the height that it has. */
function centred(rect: Rect, height: number): Rect {
  return { ...rect, top: rect.top + Math.round((rect.bottom - rect.top - height) / 2) };
}

/** Within the padding that its style sets. */
function padded(rect: Rect, { style }: TextView): Rect {
  const horizontal = px(style?.paddingHorizontal ?? style?.padding ?? 0);
  return { ...rect, left: rect.left + horizontal, right: rect.right - horizontal };
}

function drawText(context: Context, box: Box, view: TextView): void {
  const { block, rect, visible } = box;
  if (!block) return;
  const color = view.enabled === false ? theme.disabled : (view.color ?? theme.text);
  const paint = { color, align: view.align ?? "left", strike: view.strike === true };
  drawBlock(context, block, padded(centred(rect, block.height), view), paint, visible);
}

function drawButton(context: Context, box: Box, view: ButtonView): void {
  const { rect, block, visible } = box;
  if (!block) return;
  const enabled = view.enabled !== false;
  const look = view.look ?? "filled";
  const color = view.color ?? theme.primary;
  // A button is 48 dp high for the finger and 40 dp high for the eye.
  const inset = view.style?.height === undefined ? Math.max(0, (rect.bottom - rect.top - px(40)) / 2) : 0;
  const shape = { ...rect, top: rect.top + inset, bottom: rect.bottom - inset };
  const radius = view.style?.radius === undefined ? (shape.bottom - shape.top) / 2 : px(view.style.radius);
  if (look === "filled") fillRect(context, shape, enabled ? color : theme.outline, radius);
  if (look === "outlined") strokeRect(context, shape, theme.disabled, radius, px(1));
  const textColor = look === "filled" ? theme.onPrimary : color;
  const paint = { color: enabled ? textColor : theme.disabled, align: "center" as const };
  drawBlock(context, block, centred(rect, block.height), paint, visible);
}

function drawContent(context: Context, box: Box, focus: FieldFocus | undefined): void {
  const { view, rect } = box;
  switch (view.kind) {
    case "text":
      return drawText(context, box, view);
    case "icon": {
      const side = px(view.size ?? 24);
      const left = rect.left + (rect.right - rect.left - side) / 2;
      const top = rect.top + (rect.bottom - rect.top - side) / 2;
      const color = view.enabled === false ? theme.disabled : (view.color ?? theme.text);
      return drawIcon(context, view.icon, left, top, side, color);
    }
    case "button":
      return drawButton(context, box, view);
    case "textField":
      return drawField(context, box, view, focus?.id === view.id ? focus : undefined);
    case "toggle":
      return drawToggle(context, box, view);
    case "slider":
      return drawSlider(context, box, view);
    case "box":
    case "scroll":
      return undefined;
  }
}

/** A thin bar at the edge shows which part of a long list is on the screen. */
function drawScrollBar(context: Context, { rect, scroll }: Box): void {
  if (!scroll || scroll.horizontal || scroll.max === 0) return;
  const height = rect.bottom - rect.top;
  const length = Math.max(px(24), (height * height) / (height + scroll.max));
  const top = rect.top + ((height - length) * scroll.offset) / scroll.max;
  fillRect(
    context,
    { left: rect.right - 12, top, right: rect.right - 4, bottom: top + length },
    "rgba(0,0,0,0.25)",
    4,
  );
}

export function drawWindow(context: Context, box: Box, focus: FieldFocus | undefined): void {
  // A box without area may still hold children that stand out of it.
  if (isEmpty(box.visible) && box.children.length === 0) return;
  drawBackground(context, box);
  drawContent(context, box, focus);
  if (box.scroll) {
    if (isEmpty(box.visible)) return;
    context.save();
    clipTo(context, box.visible);
    for (const child of box.children) if (!isEmpty(child.visible)) drawWindow(context, child, focus);
    drawScrollBar(context, box);
    context.restore();
    return;
  }
  for (const child of box.children) drawWindow(context, child, focus);
}
