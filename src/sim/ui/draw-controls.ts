/** Switches, check boxes, radio buttons and sliders. */
import type { Context } from "./canvas.ts";
import { drawIcon } from "./icons.ts";
import type { Box } from "./layout.ts";
import { CHECK_SIZE, SWITCH_SIZE, TOGGLE_GAP } from "./measure.ts";
import { px, rect } from "./metrics.ts";
import { drawBlock, drawCircle, fillRect, strokeRect } from "./paint.ts";
import { theme } from "./theme.ts";
import type { SliderView, ToggleView } from "./view.ts";

function drawSwitch(context: Context, left: number, middle: number, checked: boolean, color: string): void {
  const width = px(44);
  const height = px(24);
  const track = rect(left + (SWITCH_SIZE.width - width) / 2, middle - height / 2, width, height);
  if (checked) {
    fillRect(context, track, color, height / 2);
    drawCircle(context, track.right - height / 2, middle, px(9), "#ffffff");
    return;
  }
  fillRect(context, track, "#e3e5ea", height / 2);
  strokeRect(context, track, "#80868b", height / 2, px(1.5));
  drawCircle(context, track.left + height / 2, middle, px(7), "#80868b");
}

function drawCheckBox(
  context: Context,
  centre: number,
  middle: number,
  checked: boolean,
  color: string,
): void {
  const side = px(18);
  const square = rect(Math.round(centre - side / 2), Math.round(middle - side / 2), side, side);
  if (!checked) return strokeRect(context, square, "#5f6368", px(2), px(2));
  fillRect(context, square, color, px(2));
  drawIcon(context, "check", square.left + 3, square.top + 3, side - 6, "#ffffff");
}

function drawRadio(context: Context, centre: number, middle: number, checked: boolean, color: string): void {
  drawCircle(context, centre, middle, px(10), checked ? color : "#5f6368");
  drawCircle(context, centre, middle, px(8), "#ffffff");
  if (checked) drawCircle(context, centre, middle, px(5), color);
}

export function drawToggle(context: Context, box: Box, view: ToggleView): void {
  const { left, right, top, bottom } = box.rect;
  const enabled = view.enabled !== false;
  const color = enabled ? theme.primary : theme.disabled;
  const middle = (top + bottom) / 2;
  const size = view.look === "switch" ? SWITCH_SIZE : CHECK_SIZE;
  // A switch stands after its text, the others before.
  const controlLeft = view.look === "switch" ? right - size.width : left;
  if (view.look === "switch") drawSwitch(context, controlLeft, middle, view.checked, color);
  else {
    const draw = view.look === "checkBox" ? drawCheckBox : drawRadio;
    draw(context, controlLeft + size.width / 2, middle, view.checked, color);
  }
  if (!box.block) return;
  const textLeft = view.look === "switch" ? left : left + size.width + TOGGLE_GAP;
  const place = { ...box.rect, left: textLeft, top: Math.round(middle - box.block.height / 2) };
  drawBlock(context, box.block, place, { color: enabled ? theme.text : theme.disabled }, box.visible);
}

export function drawSlider(context: Context, box: Box, view: SliderView): void {
  const left = box.rect.left + px(16);
  const right = box.rect.right - px(16);
  const middle = Math.round((box.rect.top + box.rect.bottom) / 2);
  const share = (view.value - view.min) / Math.max(1, view.max - view.min);
  const thumb = left + Math.min(Math.max(0, share), 1) * (right - left);
  const color = view.enabled === false ? theme.disabled : theme.primary;
  const track = { left, top: middle - px(2), right, bottom: middle + px(2) };
  fillRect(context, track, theme.primaryContainer, px(2));
  fillRect(context, { ...track, right: thumb }, color, px(2));
  drawCircle(context, thumb, middle, px(10), color);
}
