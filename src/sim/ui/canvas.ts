/** The canvases of the process, one for each size. Drawing is synchronous, so devices take turns on them. */
import { createRequire } from "node:module";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import { infraError } from "../../errors.ts";
import { HEIGHT, WIDTH } from "./metrics.ts";

export type Context = SKRSContext2D;

// A character that one file lacks comes from the next of the same family.
const subsets = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese", "symbols", "math"];

function registerFonts(): void {
  const { resolve } = createRequire(import.meta.url);
  for (const weight of [400, 500]) {
    for (const subset of subsets) {
      const path = resolve(`@fontsource/roboto/files/roboto-${subset}-${weight}-normal.woff2`);
      if (!GlobalFonts.registerFromPath(path, "Roboto")) {
        throw infraError(
          "FONT_UNREADABLE",
          `The font file ${path} cannot be read; install the packages again.`,
        );
      }
    }
  }
}

function prepare(width: number, height: number): Context {
  if (canvases.size === 0) registerFonts();
  // Without an alpha channel the pixels are stored as they are read: 1 ms instead of 30.
  const context = createCanvas(width, height).getContext("2d", { alpha: false });
  context.lang = "en";
  context.textBaseline = "alphabetic";
  return context;
}

const canvases = new Map<string, Context>();
/** Upright, lying, and a few sizes that were asked for; each takes 10 MB. */
const KEPT = 4;

/** Of the panel's own size where none is given, as for measuring text. */
export function canvas(width = WIDTH, height = HEIGHT): Context {
  const size = `${width}x${height}`;
  const known = canvases.get(size);
  if (known) return known;
  const made = prepare(width, height);
  const [oldest] = canvases.keys();
  if (oldest !== undefined && canvases.size >= KEPT) canvases.delete(oldest);
  canvases.set(size, made);
  return made;
}

/** The font of a text, `size` in pixels. */
export function font(size: number, bold: boolean): string {
  return `${bold ? 500 : 400} ${size}px Roboto`;
}
