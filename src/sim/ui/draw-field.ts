/** Text fields: label, value or hint, selection, cursor. */
import type { Context } from "./canvas.ts";
import { caretRect, pictureOf, selectionRects } from "./field.ts";
import type { Box } from "./layout.ts";
import { FIELD_PADDING, LABEL_TEXT, hasLabel } from "./measure.ts";
import { intersect, px } from "./metrics.ts";
import { clipTo, drawBlock, fillRect } from "./paint.ts";
import type { FieldFocus } from "./state.ts";
import { layOutText } from "./text.ts";
import { theme } from "./theme.ts";
import type { TextFieldView } from "./view.ts";

function drawLine(context: Context, box: Box, focused: boolean): void {
  const { left, right, bottom } = box.rect;
  const width = focused ? px(2) : px(1);
  fillRect(context, { left, top: bottom - width, right, bottom }, focused ? theme.primary : theme.disabled);
}

export function drawField(
  context: Context,
  box: Box,
  view: TextFieldView,
  focus: FieldFocus | undefined,
): void {
  const { rect, visible, block } = box;
  const enabled = view.enabled !== false;
  if (!view.plain) drawLine(context, box, focus !== undefined);
  const picture = pictureOf(box, focus);
  context.save();
  clipTo(context, intersect(visible, rect));
  if (view.hint !== undefined && view.value !== "" && hasLabel(view)) {
    const place = { ...rect, left: rect.left + FIELD_PADDING, top: rect.top + px(4) };
    const label = layOutText(view.hint, LABEL_TEXT, Infinity, 1);
    drawBlock(context, label, place, { color: focus ? theme.primary : theme.secondaryText }, visible);
  }
  if (focus) for (const part of selectionRects(box, focus)) fillRect(context, part, "#b3d1fb");
  const place = { ...picture.inner, left: picture.left, top: picture.top };
  if (view.value === "" && block) drawBlock(context, block, place, { color: theme.secondaryText }, visible);
  else drawBlock(context, picture.block, place, { color: enabled ? theme.text : theme.disabled }, visible);
  if (focus && focus.cursor === focus.anchor) fillRect(context, caretRect(box, focus), theme.primary);
  context.restore();
}
