import { type AndroidGenError, infraError } from "../../errors.ts";
import type { ScreenImage } from "../../screen/index.ts";
import type { DeviceInfo } from "../device.ts";
import type { Foreground } from "./foreground.ts";
import type { Picture } from "./picture.ts";

/** A tree in which nothing belongs to the app in front is an older screen's. */
export function isOfAnotherApp(xml: string, foreground: Foreground): boolean {
  return foreground.package !== "" && !xml.includes(`package="${foreground.package}"`);
}

/** A tree and a picture of which one is of the screen before it was turned. */
export function isTurnedOtherwise(xml: string, picture: Picture, info: DeviceInfo): boolean {
  const turned = isTurned(xml);
  if (turned === undefined || info.width === info.height) return false;
  return picture.width > picture.height !== (info.width > info.height !== turned);
}

/** Whether the tree is of a screen that lies on its side; undefined where it does not say. */
export function isTurned(xml: string): boolean | undefined {
  const rotation = /<hierarchy\b[^>]*\brotation="(\d)"/u.exec(xml)?.[1];
  return rotation === undefined ? undefined : Number(rotation) % 2 === 1;
}

/** The image to record: a black one is the screen's only where its window forbids pictures. */
export function imageOf(picture: Picture | Error | undefined, secure: boolean): ScreenImage | undefined {
  if (picture === undefined || picture instanceof Error) return undefined;
  return picture.black && !secure ? undefined : picture.image;
}

/** `SCREEN_UNAVAILABLE` (`infra`), where there is no tree and `imageOf` has no image. */
export function screenUnavailable(
  serial: string,
  why: string,
  picture: Picture | Error | undefined,
  cause?: unknown,
): AndroidGenError {
  const missing = picture instanceof Error ? picture.message : "its picture is black";
  return infraError(
    "SCREEN_UNAVAILABLE",
    `neither a UI tree nor a picture could be had of ${serial}: ${why}; ${missing}`,
    cause,
  );
}
