import { availableParallelism } from "node:os";
import PQueue from "p-queue";
import sharp from "sharp";

/**
 * PNGs above this many bytes are kept as WebP. A phone's screenshot (1080 x 2400, 0.7 to 1.25 MB) shrinks to
 * 60 to 180 KB in 80 ms with its text still sharp; a flat screen's small PNG is not worth the time.
 */
const keepPngBelow = 400_000;
const quality = 80;

/** Conversions run on libvips' threads, no more at a time than there are cores. */
const conversions = new PQueue({ concurrency: availableParallelism() });

export interface Picture {
  bytes: Buffer;
  mediaType: string;
}

/** The picture in the form it is stored in. */
export async function compactPicture(image: Picture): Promise<Picture> {
  if (image.mediaType !== "image/png" || image.bytes.length < keepPngBelow) return image;
  return await conversions.add(async () => ({
    bytes: await sharp(image.bytes).webp({ quality, effort: 0 }).toBuffer(),
    mediaType: "image/webp",
  }));
}
