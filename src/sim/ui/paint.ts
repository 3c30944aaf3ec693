/** Shapes and text, in pixels. */
import { font, type Context } from "./canvas.ts";
import type { Rect } from "./metrics.ts";
import { baseline, lineHeight, type TextBlock } from "./text.ts";

export function fillRect(context: Context, r: Rect, color: string, radius = 0): void {
  context.fillStyle = color;
  if (radius === 0) {
    context.fillRect(r.left, r.top, r.right - r.left, r.bottom - r.top);
    return;
  }
  context.beginPath();
  context.roundRect(r.left, r.top, r.right - r.left, r.bottom - r.top, radius);
  context.fill();
}

export function clipTo(context: Context, { left, top, right, bottom }: Rect): void {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

export function strokeRect(context: Context, r: Rect, color: string, radius: number, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.roundRect(
    r.left + width / 2,
    r.top + width / 2,
    r.right - r.left - width,
    r.bottom - r.top - width,
    radius,
  );
  context.stroke();
}

/** A soft edge below a raised shape. Rings of thin grey: a blurred shadow costs several milliseconds. */
export function drawShadow(context: Context, r: Rect, radius: number, height: number): void {
  const rings = Math.min(12, Math.round(height * 1.5) + 2);
  for (let ring = rings; ring >= 1; ring--) {
    const grown = {
      left: r.left - ring,
      top: r.top - ring + Math.ceil(rings / 2),
      right: r.right + ring,
      bottom: r.bottom + ring + Math.ceil(rings / 3),
    };
    fillRect(context, grown, "rgba(0,0,0,0.022)", radius + ring);
  }
}

export function drawCircle(context: Context, x: number, y: number, radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

interface TextPaint {
  color: string;
  align?: "left" | "center" | "right";
  strike?: boolean;
}

/** Draws the lines of a block from `top` on, between `left` and `right`; lines above or below `clip` are left out. */
export function drawBlock(
  context: Context,
  block: TextBlock,
  place: Rect,
  paint: TextPaint,
  clip: Rect,
): void {
  const height = lineHeight(block.style);
  context.font = font(block.style.size, block.style.bold);
  context.fillStyle = paint.color;
  block.lines.forEach((line, i) => {
    const top = place.top + i * height;
    if (top >= clip.bottom || top + height <= clip.top || line.width === 0) return;
    const free = place.right - place.left - line.width;
    const left = Math.round(
      place.left + (paint.align === "center" ? free / 2 : paint.align === "right" ? free : 0),
    );
    context.fillText(line.text.trimEnd(), left, top + baseline(block.style));
    if (paint.strike) context.fillRect(left, top + Math.round(height * 0.55), Math.round(line.width), 3);
  });
}
