/** Draws the whole screen: windows, bars, keyboard, toast. */
import { canvas, type Context } from "./canvas.ts";
import { KEYBOARD_BACKGROUND, drawKeyboard } from "./draw-keyboard.ts";
import { drawWindow } from "./draw.ts";
import { drawIcon } from "./icons.ts";
import type { Display } from "./display.ts";
import { px, rect, type Rect } from "./metrics.ts";
import { clipTo, drawBlock, drawCircle, drawShadow, fillRect } from "./paint.ts";
import type { Box } from "./layout.ts";
import type { Overlay, Stage } from "./stage.ts";
import { NOTIFICATIONS_LEFT, navigationButtons, type Bars, type NavigationButton } from "./system-bars.ts";
import { layOutText, textStyle } from "./text.ts";
import { theme } from "./theme.ts";

const STATUS_TEXT = textStyle(14, true);
const TOAST_TEXT = textStyle(14);

/** Whether white is easier to read than black on a colour (Rec. 601 luma). */
function isDark(color: string): boolean {
  const [red = 255, green = 255, blue = 255] = (/^#(..)(..)(..)/.exec(color)?.slice(1) ?? []).map((hex) =>
    parseInt(hex, 16),
  );
  return 0.299 * red + 0.587 * green + 0.114 * blue < 140;
}

function drawStatusBar(context: Context, bars: Bars, background: string, { statusBar: bar }: Display): void {
  const height = bar.bottom - bar.top;
  fillRect(context, bar, background);
  const color = isDark(background) ? "#ffffff" : "#3c4043";
  const clock = layOutText(bars.clock, STATUS_TEXT);
  drawBlock(
    context,
    clock,
    { ...bar, left: px(16), top: Math.round((height - clock.height) / 2) },
    { color },
    bar,
  );
  const side = px(16);
  const top = (height - side) / 2;
  bars.notifications.forEach(({ icon }, at) => {
    const left = bar.left + NOTIFICATIONS_LEFT + at * (side + px(4));
    drawIcon(context, icon, left, top, side, color);
  });
  const percent = layOutText(`${bars.battery}%`, textStyle(12, true));
  let right = bar.right - px(12) - percent.width;
  drawBlock(
    context,
    percent,
    { ...bar, left: right, top: Math.round((height - percent.height) / 2) },
    { color },
    bar,
  );
  for (const name of ["battery" as const, ...bars.icons.toReversed()]) {
    right -= side + px(3);
    drawIcon(context, name, right, top, side, color);
  }
}

function drawButton(
  context: Context,
  { shape, rect: place }: NavigationButton,
  color: string,
  hidesKeyboard: boolean,
): void {
  const x = (place.left + place.right) / 2;
  const y = (place.top + place.bottom) / 2;
  const size = px(8);
  if (shape === "home") return drawCircle(context, x, y, size, color);
  if (shape === "recents")
    return fillRect(context, rect(x - size + 2, y - size + 2, 2 * size - 4, 2 * size - 4), color, px(2));
  // The triangle points down while it would put the keyboard away.
  context.save();
  context.translate(x, y);
  if (hidesKeyboard) context.rotate(-Math.PI / 2);
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(-size, 0);
  context.lineTo(size * 0.8, -size);
  context.lineTo(size * 0.8, size);
  context.fill();
  context.restore();
}

/** The bar goes on with the window's own colour, or the keyboard's. */
function drawNavigationBar(context: Context, background: string, keyboard: boolean, display: Display): void {
  fillRect(context, display.navigationBar, background);
  const color = isDark(background) ? "#ffffff" : theme.secondaryText;
  for (const button of navigationButtons(display)) drawButton(context, button, color, keyboard);
}

/** The shade reaches over the whole screen; the navigation bar's buttons stay above it. */
function drawShade(context: Context, box: Box, display: Display): void {
  drawWindow(context, box, undefined);
  for (const button of navigationButtons(display)) drawButton(context, button, "#ffffff", false);
}

function drawOverlay(context: Context, { box, look }: Overlay, stage: Stage): void {
  const { display } = stage;
  if (look === "shade") return drawShade(context, box, display);
  // A menu does not dim what is behind it.
  if (look !== "menu") fillRect(context, rect(0, 0, display.width, display.height), "rgba(0,0,0,0.5)");
  const radius = px(look === "menu" ? 8 : 24);
  if (look === "menu") drawShadow(context, box.rect, radius, 8);
  const panel = look === "sheet" ? { ...box.rect, bottom: box.rect.bottom + radius } : box.rect;
  fillRect(context, panel, theme.background, radius);
  context.save();
  clipTo(context, box.rect);
  drawWindow(context, box, box === stage.active ? stage.window.focus : undefined);
  context.restore();
}

function drawTextMenu(context: Context, box: Box): void {
  const radius = px(24);
  drawShadow(context, box.rect, radius, 8);
  fillRect(context, box.rect, theme.background, radius);
  drawWindow(context, box, undefined);
}

function drawToast(context: Context, message: string, { left, right, bottom }: Rect): void {
  const block = layOutText(message, TOAST_TEXT, right - left - px(96), 2);
  const width = block.width + 2 * px(24);
  const height = block.height + 2 * px(12);
  const pill = rect(Math.round((left + right - width) / 2), bottom - px(48) - height, width, height);
  fillRect(context, pill, "#3c4043", px(22));
  drawBlock(
    context,
    block,
    { ...pill, left: pill.left + px(24), top: pill.top + px(12) },
    { color: "#ffffff" },
    pill,
  );
}

/** RGBA of the whole screen, as it is turned. */
export function drawScreen(stage: Stage, bars: Bars, toast: string | undefined): Buffer {
  const { display, keyboard } = stage;
  const { width, height } = display;
  const context = canvas(width, height);
  fillRect(context, rect(0, 0, width, height), theme.background);
  context.save();
  clipTo(context, stage.base.visible);
  drawWindow(context, stage.base, stage.active === stage.base ? stage.window.focus : undefined);
  context.restore();
  // Of a secure window nothing gets into a picture, whatever lies over it.
  if (stage.content.secure) fillRect(context, rect(0, 0, width, height), "#000000");
  drawStatusBar(context, bars, stage.content.statusBarColor ?? theme.background, display);
  drawNavigationBar(context, stage.content.root.style?.background ?? theme.surface, false, display);
  for (const overlay of stage.overlays) drawOverlay(context, overlay, stage);
  if (stage.textMenu) drawTextMenu(context, stage.textMenu.box);
  if (keyboard) {
    drawKeyboard(context, keyboard.keys, keyboard.rect);
    drawNavigationBar(context, KEYBOARD_BACKGROUND, true, display);
  }
  if (toast !== undefined)
    drawToast(context, toast, { ...display.content, bottom: keyboard?.rect.top ?? display.content.bottom });
  return context.canvas.data();
}
