/** The one canvas of the process. Drawing is synchronous, so devices take turns on it. */
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

function prepare(): Context {
  registerFonts();
  // Without an alpha channel the pixels are stored as they are read: 1 ms instead of 30.
  const context = createCanvas(WIDTH, HEIGHT).getContext("2d", { alpha: false });
  context.lang = "en";
  context.textBaseline = "alphabetic";
  return context;
}

let shared: Context | undefined;

export function canvas(): Context {
  shared ??= prepare();
  return shared;
}

/** The font of a text, `size` in pixels. */
export function font(size: number, bold: boolean): string {
  return `${bold ? 500 : 400} ${size}px Roboto`;
}
