import type { DeviceInfo } from "../device.ts";
import type { Foreground } from "./foreground.ts";
import type { Picture } from "./picture.ts";

/** A tree in which nothing belongs to the app in front is an older screen's. */
export function isOfAnotherApp(xml: string, foreground: Foreground): boolean {
  return (
    foreground.package !== "" &&
    foreground.systemDialog === "" &&
    !xml.includes(`package="${foreground.package}"`)
  );
}

/** A tree and a picture of which one is of the screen before it was turned. */
export function isTurnedOtherwise(xml: string, picture: Picture, info: DeviceInfo): boolean {
  const rotation = /<hierarchy\b[^>]*\brotation="(\d)"/u.exec(xml)?.[1];
  if (rotation === undefined || info.width === info.height) return false;
  const turned = Number(rotation) % 2 === 1;
  return picture.width > picture.height !== (info.width > info.height !== turned);
}
