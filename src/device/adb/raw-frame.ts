import { infraError } from "../../errors.ts";

/** Pixels of the whole screen, four bytes each: red, green, blue, and one of no meaning. */
export interface RawFrame {
  width: number;
  height: number;
  pixels: Buffer;
}

/** Formats of four bytes a pixel (AOSP system/graphics.h): RGBA_8888 and RGBX_8888. */
const formats = new Set([1, 2]);
/** Little-endian words: width, height, format, and since Android 8 the colour space. */
const headerLengths = [16, 12];

/**
 * Reads what `screencap` writes without `-p` (AOSP frameworks/base/cmds/screencap). Throws `PICTURE_BROKEN`
 * (`infra`) for anything but a whole frame in a format that is known.
 */
export function rawFrame(bytes: Buffer): RawFrame {
  if (bytes.length < 12) throw broken(`gave ${bytes.length} bytes`);
  const width = bytes.readUInt32LE(0);
  const height = bytes.readUInt32LE(4);
  const format = bytes.readUInt32LE(8);
  const header = headerLengths.find((length) => bytes.length === length + width * height * 4);
  if (header === undefined || width === 0 || height === 0) {
    throw broken(`gave ${bytes.length} bytes for a picture of ${width}×${height}`);
  }
  if (!formats.has(format)) throw broken(`gave pixels in format ${format}`);
  return { width, height, pixels: bytes.subarray(header) };
}

function broken(what: string): Error {
  return infraError("PICTURE_BROKEN", `screencap ${what}, which is no whole frame of RGBA pixels`);
}
