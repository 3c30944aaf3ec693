import type { Duplex } from "node:stream";
import { writeAll } from "../bytes.ts";
import type { AdbHost } from "../host.ts";

/**
 * The `framebuffer:` service: a header of little-endian words, then the pixels (AOSP
 * packages/modules/adb, daemon/framebuffer_service.cpp). Header version 1 is sent, which has no
 * colour space: every client reads it, while adbkit takes version 2 for version 1.
 */
export async function serveFramebuffer(stream: Duplex, host: AdbHost): Promise<void> {
  const { width, height, rgba } = await host.frame();
  // Version, bits per pixel, size, width, height; then offset and length of red, blue, green, alpha.
  const words = [1, 32, rgba.length, width, height, 0, 8, 16, 8, 8, 8, 24, 8];
  const header = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) header.writeUInt32LE(word, index * 4);
  stream.write(header);
  await writeAll(stream, rgba);
}
