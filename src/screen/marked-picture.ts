import { createHash } from "node:crypto";
import { errorMessage, infraError } from "../errors.ts";
import { placeMarks } from "./marks.ts";
import { type Colour, drawLabel, labelSize, type Pixels, strokeRect } from "./pixels.ts";
import type { Bounds, Screen, ScreenImage } from "./screen.ts";

/** Dark colours that tell neighbours apart, each with white digits on it, and white around each box. */
const colours: Colour[] = [
  [200, 0, 60],
  [0, 90, 200],
  [0, 115, 50],
  [140, 30, 170],
  [175, 75, 0],
  [0, 110, 125],
];
const white: Colour = [255, 255, 255];
/** Side of a digit's dot, as a share of the shorter side of the screen: digits 28 pixels high on 1080. */
const dotShare = 1 / 270;
const jpegQuality = 80;

/**
 * The picture of a screen with a box and its number on every element, as a JPEG of the same size (set-of-mark
 * prompting). Bounds are in pixels of the screen; a picture of another size is marked to scale.
 *
 * Throws `IMAGE_BROKEN` (`infra`) where the picture cannot be decoded.
 */
export async function markedPicture(
  screen: Pick<Screen, "elements" | "width" | "height"> & { image: ScreenImage },
): Promise<ScreenImage> {
  // libvips takes its time to load, and only those who show pictures to a model need it.
  const { default: sharp } = await import("sharp");
  let pixels: Pixels;
  try {
    const { data, info } = await sharp(screen.image.bytes)
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    pixels = { data, width: info.width, height: info.height };
  } catch (error) {
    throw infraError(
      "IMAGE_BROKEN",
      `the picture of the screen cannot be read: ${errorMessage(error)}`,
      error,
    );
  }
  drawMarks(screen, pixels);
  const { width, height, data } = pixels;
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    // A tenth larger than the smallest file, in half the time.
    .jpeg({ quality: jpegQuality, optimiseCoding: false })
    .toBuffer();
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes, mediaType: "image/jpeg" };
}

function drawMarks(screen: Pick<Screen, "elements" | "width" | "height">, pixels: Pixels): void {
  const scaleX = pixels.width / screen.width;
  const scaleY = pixels.height / screen.height;
  const scaled = screen.elements.map((element) => {
    const { left, top, right, bottom } = element.bounds;
    return {
      ...element,
      bounds: {
        left: Math.round(left * scaleX),
        top: Math.round(top * scaleY),
        right: Math.round(right * scaleX),
        bottom: Math.round(bottom * scaleY),
      },
    };
  });
  const dot = Math.max(2, Math.round(Math.min(pixels.width, pixels.height) * dotShare));
  const marks = placeMarks(scaled, pixels, (index) => labelSize(String(index), dot));
  const line = Math.max(2, dot);
  const colourOf = (index: number): Colour => colours[index % colours.length]!;
  for (const { index, box } of marks) {
    // White to both sides, so that the line stands out on a ground of its own colour.
    strokeRect(pixels, inset(box, -1), 1, white);
    strokeRect(pixels, box, line, colourOf(index));
    strokeRect(pixels, inset(box, line), 1, white);
  }
  for (const { index, label } of marks) {
    drawLabel(pixels, label, String(index), dot, { ground: colourOf(index), ink: white });
  }
}

function inset({ left, top, right, bottom }: Bounds, by: number): Bounds {
  return { left: left + by, top: top + by, right: right - by, bottom: bottom - by };
}
