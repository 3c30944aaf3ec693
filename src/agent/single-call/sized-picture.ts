import { createHash } from "node:crypto";
import { type ActionCodec, qwen3Limits, type Size, smartResize } from "../../action/index.ts";
import { errorMessage, infraError } from "../../errors.ts";
import type { Screen, ScreenImage } from "../../screen/index.ts";

/** As in what the other pictures of prompts are packed. */
const jpegQuality = 80;

/**
 * The size in which a family's models are sent a picture. Where they count its pixels, it is the size that their own
 * processor would bring it to, so that it leaves the picture as it is and its pixels are those that the codec
 * counts. For Qwen3-VL, which counts thousandths, it only spares the endpoint the work. Others are sent the screen's
 * own pixels.
 */
export function sentSize(codec: ActionCodec, { width, height }: Size): Size {
  if (codec.name === "qwen2.5-vl" || codec.name === "ui-tars") return codec.grid({ width, height });
  return codec.name === "qwen3-vl" ? smartResize(width, height, qwen3Limits) : { width, height };
}

/** The screen's picture in that size, as a JPEG. Throws `IMAGE_BROKEN` (`infra`) where it cannot be decoded. */
export async function sizedPicture(
  codec: ActionCodec,
  screen: Pick<Screen, "width" | "height"> & { image: ScreenImage },
): Promise<ScreenImage> {
  // libvips takes its time to load, and only those who show pictures to a model need it.
  const { default: sharp } = await import("sharp");
  const { width, height } = sentSize(codec, screen);
  try {
    const bytes = await sharp(screen.image.bytes)
      .removeAlpha()
      .resize(width, height, { fit: "fill" })
      .jpeg({ quality: jpegQuality, optimiseCoding: false })
      .toBuffer();
    return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes, mediaType: "image/jpeg" };
  } catch (error) {
    throw infraError(
      "IMAGE_BROKEN",
      `the picture of the screen cannot be read: ${errorMessage(error)}`,
      error,
    );
  }
}
