import { createHash } from "node:crypto";
import { infraError } from "../errors.ts";
import type { ScreenImage } from "./screen.ts";

/** A picture of the screen from the bytes of a file. Throws `IMAGE_UNKNOWN` for other bytes. */
export function screenImage(bytes: Buffer): ScreenImage {
  return {
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes,
    mediaType: mediaTypeOf(bytes),
  };
}

function mediaTypeOf(bytes: Buffer): ScreenImage["mediaType"] {
  const head = bytes.toString("latin1", 0, 12);
  if (head.startsWith("\x89PNG\r\n\x1A\n")) return "image/png";
  if (head.startsWith("\xFF\xD8\xFF")) return "image/jpeg";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  const what = bytes.length === 0 ? "an empty file" : `${bytes.length} bytes that are no PNG, JPEG or WebP`;
  throw infraError("IMAGE_UNKNOWN", `the device gave ${what} as a picture of its screen`);
}
