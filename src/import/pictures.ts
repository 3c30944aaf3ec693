import { realpath, stat, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { errorMessage } from "../errors.ts";
import { type ScreenImage, screenImage } from "../screen/index.ts";
import { type Place, quoted } from "./defect.ts";
import { limits } from "./limits.ts";

export interface SizedPicture {
  image: ScreenImage;
  width: number;
  height: number;
}

/**
 * Where the file lies that a path of the input leads to, within `folder` and nowhere else, whatever its dots and links say. Undefined where
 * no file is there; a path that leads out is reported.
 */
export async function fileWithin(
  folder: string,
  relative: string,
  place: Place,
): Promise<string | undefined> {
  const outside = () =>
    place.defect("path-outside", `the path ${quoted(relative)} leads out of its folder`, "not followed");
  if (relative.includes("\0")) return undefined;
  const root = await realpath(folder);
  const named = path.resolve(root, relative);
  if (path.isAbsolute(relative) || !isWithin(root, named)) {
    outside();
    return undefined;
  }
  const real = await realpath(named).catch(() => undefined);
  if (real === undefined) return undefined;
  if (!isWithin(root, real)) {
    outside();
    return undefined;
  }
  // A pipe would be waited for without end.
  return (await stat(real)).isFile() ? real : undefined;
}

function isWithin(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** The picture in a file that is known to be there; what cannot be read is reported, and undefined. */
export async function readPicture(
  file: string,
  name: string,
  place: Place,
): Promise<SizedPicture | undefined> {
  try {
    const { size } = await stat(file);
    if (size > limits.pictureBytes) throw new Error(`it has ${size} bytes`);
    const image = screenImage(await readFile(file));
    const { width, height } = await sharp(image.bytes).metadata();
    if (width > limits.pictureSide || height > limits.pictureSide)
      throw new Error(`it has ${width} × ${height} pixels`);
    return { image, width, height };
  } catch (error) {
    place.defect(
      "picture-unreadable",
      `the picture ${quoted(name)} cannot be read (${whyUnreadable(error)})`,
      "left out",
    );
    return undefined;
  }
}

/** What the system says; its errors end with the path, which is the host's business. */
export function whyUnreadable(error: unknown): string {
  return errorMessage(error).replace(/, \w+ '.*'$/su, "");
}
