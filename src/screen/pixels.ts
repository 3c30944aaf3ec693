import { digitHeight, digitWidth, hasInk } from "./digits.ts";
import { intersection } from "./rect.ts";
import type { Bounds } from "./screen.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** RGB pixels, three bytes each, row by row. */
export interface Pixels {
  width: number;
  height: number;
  data: Buffer;
}

export function fillRect(pixels: Pixels, bounds: Bounds, [red, green, blue]: Colour): void {
  const { width, height, data } = pixels;
  const { left, top, right, bottom } = intersection(bounds, {
    left: 0,
    top: 0,
    right: width,
    bottom: height,
  });
  for (let y = top; y < bottom; y++) {
    const end = 3 * (y * width + right);
    for (let at = 3 * (y * width + left); at < end; at += 3) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
  }
}

/** Draws the inner edge of a rectangle, as far as it is in the picture. */
export function strokeRect(pixels: Pixels, bounds: Bounds, thickness: number, colour: Colour): void {
  const { left, top, right, bottom } = bounds;
  fillRect(pixels, { left, top, right, bottom: top + thickness }, colour);
  fillRect(pixels, { left, top: bottom - thickness, right, bottom }, colour);
  fillRect(pixels, { left, top, right: left + thickness, bottom }, colour);
  fillRect(pixels, { left: right - thickness, top, right, bottom }, colour);
}

/** Size in pixels of a number with a margin of one dot around it; `dot` is the side of a dot of a digit. */
export function labelSize(text: string, dot: number): { width: number; height: number } {
  return { width: dot * (text.length * (digitWidth + 1) + 1), height: dot * (digitHeight + 2) };
}

/** Writes a number of decimal digits on a ground of its own. */
export function drawLabel(
  pixels: Pixels,
  { left, top }: Pick<Bounds, "left" | "top">,
  text: string,
  dot: number,
  { ground, ink }: { ground: Colour; ink: Colour },
): void {
  const { width, height } = labelSize(text, dot);
  fillRect(pixels, { left, top, right: left + width, bottom: top + height }, ground);
  for (let i = 0; i < text.length; i++) {
    for (let row = 0; row < digitHeight; row++) {
      for (let column = 0; column < digitWidth; column++) {
        if (!hasInk(Number(text[i]), column, row)) continue;
        const x = left + dot * (1 + i * (digitWidth + 1) + column);
        const y = top + dot * (1 + row);
        fillRect(pixels, { left: x, top: y, right: x + dot, bottom: y + dot }, ink);
      }
    }
  }
}
