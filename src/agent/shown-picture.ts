import { markedPicture, type Screen, type ScreenImage } from "../screen/index.ts";

/**
 * What a model that can see is shown of a screen: its picture, with a box and the number on each element. Undefined
 * where the screen has no picture; its prompt then speaks of none. Datasets hold the same.
 *
 * Throws `IMAGE_BROKEN` (`infra`) where the picture cannot be decoded.
 */
export async function shownPicture(
  screen: Pick<Screen, "elements" | "width" | "height" | "image">,
): Promise<ScreenImage | undefined> {
  const { elements, width, height, image } = screen;
  return image && markedPicture({ elements, width, height, image });
}
