import { infraError } from "../../errors.ts";

const signature = Buffer.from("\x89PNG\r\n\x1A\n", "latin1");
/** The last chunk: no data, the type IEND and its checksum. */
const end = Buffer.from("\0\0\0\0IEND\xAE\x42\x60\x82", "latin1");

/**
 * Width and height of a whole PNG file. Throws `PICTURE_BROKEN` (`infra`) for anything less: a
 * picture that was cut off on its way from the device is not a picture of it.
 */
export function pngSize(bytes: Buffer): { width: number; height: number } {
  if (!bytes.subarray(0, 8).equals(signature) || bytes.length < 45) {
    const text = bytes.toString("latin1", 0, 80).trim();
    throw infraError("PICTURE_BROKEN", `the device gave no PNG but ${JSON.stringify(text)}`);
  }
  if (!bytes.subarray(-end.length).equals(end)) {
    throw infraError("PICTURE_BROKEN", `the device's PNG ends after ${bytes.length} bytes, before its end`);
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
