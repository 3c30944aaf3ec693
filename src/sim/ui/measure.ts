/** Natural sizes of the views that have no children, in pixels. */
import { px } from "./metrics.ts";
import { layOutText, textStyle, textWidth, type TextBlock, type TextStyle } from "./text.ts";
import type { TextFieldView, View } from "./view.ts";

interface Size {
  width: number;
  height: number;
}

export const BUTTON_TEXT = textStyle(14, true);
export const TOGGLE_TEXT = textStyle(16);
export const LABEL_TEXT = textStyle(12);
export const SWITCH_SIZE: Size = { width: px(52), height: px(48) };
export const CHECK_SIZE: Size = { width: px(40), height: px(48) };
/** Between a toggle and its text. */
export const TOGGLE_GAP = px(8);
const FIELD_HEIGHT = px(56);
const PLAIN_FIELD_HEIGHT = px(48);
/** Left and right of a field's text. */
export const FIELD_PADDING = px(4);
/** Above and below the text of a field of several lines. */
const LINES_PADDING = px(8);
export const LABEL_HEIGHT = px(18);

const bullet = "•";

export function fieldStyle(view: TextFieldView): TextStyle {
  return textStyle(view.size ?? 16);
}

/** What a text field shows of its value: bullets for a password, one for each character unit. */
export function shownValue(view: TextFieldView): string {
  return view.password ? bullet.repeat(view.value.length) : view.value;
}

/** The small hint above the value, as Material fields have it. */
export function hasLabel(view: TextFieldView): boolean {
  return !view.plain && view.hint !== undefined;
}

/** Top of a field's text below the field's own top edge, in a field `height` pixels high. */
export function fieldTextTop(view: TextFieldView, block: TextBlock, height: number): number {
  if (view.multiline) return (hasLabel(view) ? LABEL_HEIGHT : 0) + LINES_PADDING;
  if (hasLabel(view) && view.value !== "") return height - block.height - LINES_PADDING;
  return Math.round((height - block.height) / 2);
}

/** The text of a leaf broken into lines for a width, or undefined where it has none. */
export function blockOf(view: View, width: number): TextBlock | undefined {
  switch (view.kind) {
    case "text":
      return layOutText(view.text, textStyle(view.size ?? 16, view.bold), width, view.maxLines);
    case "button":
      return layOutText(view.text, BUTTON_TEXT, width, 1);
    case "toggle":
      return view.text === undefined ? undefined : layOutText(view.text, TOGGLE_TEXT, width, 2);
    case "textField": {
      const shown = view.value === "" ? (view.hint ?? "") : shownValue(view);
      return layOutText(shown, fieldStyle(view), view.multiline ? width - 2 * FIELD_PADDING : Infinity);
    }
    case "icon":
    case "slider":
    case "box":
    case "scroll":
      return undefined;
  }
}

export function measureLeaf(view: View, width: number): Size {
  switch (view.kind) {
    case "text":
      return blockOf(view, width)!;
    case "icon": {
      const side = px(view.size ?? 24);
      return { width: side, height: side };
    }
    case "button":
      return {
        width: textWidth(view.text, BUTTON_TEXT) + 2 * px(view.look === "text" ? 12 : 24),
        height: px(48),
      };
    case "toggle": {
      const control = view.look === "switch" ? SWITCH_SIZE : CHECK_SIZE;
      if (view.text === undefined) return control;
      const block = blockOf(view, width - control.width - TOGGLE_GAP)!;
      return {
        width: control.width + TOGGLE_GAP + block.width,
        height: Math.max(control.height, block.height),
      };
    }
    case "slider":
      return { width: px(160), height: px(48) };
    case "textField": {
      const block = blockOf(view, width)!;
      if (!view.multiline) return { width: px(200), height: view.plain ? PLAIN_FIELD_HEIGHT : FIELD_HEIGHT };
      return {
        width: px(200),
        height: Math.max(FIELD_HEIGHT, fieldTextTop(view, block, 0) + block.height + LINES_PADDING),
      };
    }
    case "box":
    case "scroll":
      return { width: 0, height: 0 };
  }
}
