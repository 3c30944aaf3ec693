/** Where the text, the cursor and the selection of a text field are. */
import type { Box } from "./layout.ts";
import { FIELD_PADDING, LABEL_HEIGHT, fieldStyle, fieldTextTop, hasLabel, shownValue } from "./measure.ts";
import { rect, type Rect } from "./metrics.ts";
import type { FieldFocus } from "./state.ts";
import { layOutText, lineHeight, textWidth, type TextBlock } from "./text.ts";
import type { TextFieldView } from "./view.ts";

interface FieldPicture {
  /** Of the value; without lines where the hint is shown. */
  block: TextBlock;
  /** Room for the text. */
  inner: Rect;
  /** Upper left corner of the text, which is outside `inner` where the field has scrolled to its cursor. */
  left: number;
  top: number;
}

interface Spot {
  line: number;
  x: number;
}

function spotOf(block: TextBlock, at: number): Spot {
  const line = Math.max(
    0,
    block.lines.findLastIndex(({ start }) => start <= at),
  );
  const { text, start } = block.lines[line] ?? { text: "", start: 0 };
  return { line, x: Math.round(textWidth(text.slice(0, at - start), block.style)) };
}

/** `focus` is absent where the field has none. */
export function pictureOf(box: Box, focus: FieldFocus | undefined): FieldPicture {
  const view = box.view as TextFieldView;
  const { left, top, right, bottom } = box.rect;
  const style = fieldStyle(view);
  const width = right - left - 2 * FIELD_PADDING;
  const block = layOutText(shownValue(view), style, view.multiline ? width : Infinity);
  const textTop = fieldTextTop(view, block, bottom - top);
  const innerTop = top + (view.multiline ? (hasLabel(view) ? LABEL_HEIGHT : 0) : 0);
  const inner: Rect = { left: left + FIELD_PADDING, top: innerTop, right: right - FIELD_PADDING, bottom };
  const picture = { block, inner, left: inner.left, top: top + textTop };
  if (!focus) return picture;
  const spot = spotOf(block, Math.min(focus.cursor, view.value.length));
  const overRight = picture.left + spot.x - (inner.right - 2);
  const overBottom = picture.top + (spot.line + 1) * lineHeight(style) - inner.bottom;
  return {
    ...picture,
    left: picture.left - Math.max(0, overRight),
    top: picture.top - Math.max(0, overBottom),
  };
}

/** Two pixels wide, one line high. */
export function caretRect(box: Box, focus: FieldFocus): Rect {
  const picture = pictureOf(box, focus);
  const spot = spotOf(picture.block, focus.cursor);
  const height = lineHeight(picture.block.style);
  return rect(picture.left + spot.x, picture.top + spot.line * height, 5, height);
}

/** A rectangle for each line that has something selected. */
export function selectionRects(box: Box, focus: FieldFocus): Rect[] {
  const from = Math.min(focus.cursor, focus.anchor);
  const to = Math.max(focus.cursor, focus.anchor);
  if (from === to) return [];
  const { block, left, top } = pictureOf(box, focus);
  const height = lineHeight(block.style);
  return block.lines.flatMap(({ text, start }, line) => {
    const begin = Math.max(from, start);
    const end = Math.min(to, start + text.length);
    if (begin >= end) return [];
    const x = textWidth(text.slice(0, begin - start), block.style);
    const width = textWidth(text.slice(begin - start, end - start), block.style);
    return [rect(Math.round(left + x), top + line * height, Math.round(width), height)];
  });
}
