import { infraError } from "../../errors.ts";
import { screenImage, type ScreenImage } from "../../screen/index.ts";
import { pngSize } from "./png.ts";

/** A picture of the whole screen, as it is turned. */
export interface Picture {
  way: PictureWay;
  image: ScreenImage;
  width: number;
  height: number;
  /** Nothing but black, which no lit screen is: the device had not drawn it, or may not show it. */
  black: boolean;
}

export type PictureWay = "png" | "raw";

/** A picture of one colour is smaller than this as a PNG; only then is it worth a look at its pixels. */
const plainPng = 64 * 1024;

/** Throws `PICTURE_BROKEN` (`infra`) for what is no whole PNG. */
export async function fromPng(bytes: Buffer): Promise<Picture> {
  const size = pngSize(bytes);
  const black = bytes.length < plainPng && (await isBlackPng(bytes));
  return { way: "png", ...size, image: screenImage(bytes), black };
}

async function isBlackPng(bytes: Buffer): Promise<boolean> {
  const sharp = await loadSharp();
  try {
    const colours = await sharp(bytes).removeAlpha().raw().toBuffer();
    return colours.equals(Buffer.alloc(colours.length));
  } catch (error) {
    throw infraError("PICTURE_BROKEN", `the device's PNG cannot be read: ${String(error)}`, error);
  }
}

/** Loaded with the first picture that needs it: it is large. */
export async function loadSharp() {
  return (await import("sharp")).default;
}
