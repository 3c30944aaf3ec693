import { configError } from "../../errors.ts";
import type { Size } from "./geometry.ts";

export interface ResizeLimits {
  /** Both sides become multiples of it: patch size times merge size of the vision encoder. */
  factor: number;
  /** Area of the result, in pixels. */
  minPixels: number;
  maxPixels: number;
}

/** Source: preprocessor_config.json of Qwen2.5-VL and of UI-TARS-1.5-7B (patches of 14, merged by 2). */
export const qwen25Limits: ResizeLimits = { factor: 28, minPixels: 4 * 28 * 28, maxPixels: 16384 * 28 * 28 };

/** Source: preprocessor_config.json of Qwen3-VL (patches of 16, merged by 2). */
export const qwen3Limits: ResizeLimits = { factor: 32, minPixels: 64 * 32 * 32, maxPixels: 16384 * 32 * 32 };

const greatestRatio = 200;

/**
 * The size to which the image processor of Qwen-VL, and of models made from it, brings a picture
 * before the model sees it. Their absolute coordinates count these pixels.
 *
 * Throws `IMAGE_TOO_NARROW` (`config`) where one side is more than 200 times the other: the
 * processor refuses such a picture.
 *
 * Source: QwenLM/Qwen3-VL, qwen-vl-utils/src/qwen_vl_utils/vision_process.py, `smart_resize`.
 */
export function smartResize(width: number, height: number, limits: ResizeLimits = qwen25Limits): Size {
  const { factor, minPixels, maxPixels } = limits;
  if (!(Math.min(width, height) > 0 && Math.max(width, height) <= greatestRatio * Math.min(width, height))) {
    throw configError(
      "IMAGE_TOO_NARROW",
      `A picture of ${width}×${height} cannot be shown to this model: its sides must be above 0 and at most 1 to ${greatestRatio}.`,
    );
  }
  const sized = {
    width: Math.max(factor, roundHalfToEven(width / factor) * factor),
    height: Math.max(factor, roundHalfToEven(height / factor) * factor),
  };
  if (sized.width * sized.height > maxPixels) {
    const shrink = Math.sqrt((width * height) / maxPixels);
    return {
      width: Math.max(factor, Math.floor(width / shrink / factor) * factor),
      height: Math.max(factor, Math.floor(height / shrink / factor) * factor),
    };
  }
  if (sized.width * sized.height < minPixels) {
    const grow = Math.sqrt(minPixels / (width * height));
    return {
      width: Math.ceil((width * grow) / factor) * factor,
      height: Math.ceil((height * grow) / factor) * factor,
    };
  }
  return sized;
}

/** As Python's `round`: 38.5 becomes 38, where `Math.round` gives 39. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
