/** The on-screen keyboard's picture. */
import type { Context } from "./canvas.ts";
import { drawIcon } from "./icons.ts";
import type { KeyboardKey, PlacedKey } from "./keyboard.ts";
import { px, type Rect } from "./metrics.ts";
import { drawBlock, fillRect } from "./paint.ts";
import { layOutText, textStyle } from "./text.ts";
import { theme } from "./theme.ts";

export const KEYBOARD_BACKGROUND = "#e6e9ef";

const backgrounds: Record<KeyboardKey["look"], string> = {
  key: "#ffffff",
  special: "#ccd2dc",
  action: theme.primary,
};

function drawKey(context: Context, key: PlacedKey): void {
  const shape = {
    left: key.rect.left + px(2.5),
    top: key.rect.top + px(4),
    right: key.rect.right - px(2.5),
    bottom: key.rect.bottom - px(4),
  };
  fillRect(context, { ...shape, top: shape.top + 3, bottom: shape.bottom + 3 }, "#b4bac4", px(6));
  fillRect(context, shape, backgrounds[key.look], px(6));
  const color = key.look === "action" ? theme.onPrimary : theme.text;
  const middle = (shape.top + shape.bottom) / 2;
  if (key.icon) {
    const side = px(22);
    drawIcon(context, key.icon, (shape.left + shape.right - side) / 2, middle - side / 2, side, color);
    return;
  }
  const block = layOutText(key.label, textStyle(key.label.length > 1 ? 14 : 21), Infinity, 1);
  const place = { ...shape, top: Math.round(middle - block.height / 2) };
  drawBlock(context, block, place, { color, align: "center" }, shape);
}

export function drawKeyboard(context: Context, keys: readonly PlacedKey[], place: Rect): void {
  fillRect(context, place, KEYBOARD_BACKGROUND);
  for (const key of keys) drawKey(context, key);
}
