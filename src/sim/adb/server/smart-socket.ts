/** Requests and replies between an adb client and its server: AOSP packages/modules/adb, docs/dev/services.md. */
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { readExactly, readFully } from "../bytes.ts";

/** The next request, or undefined when the client has left. Throws on a malformed length. */
export async function readRequest(client: Duplex): Promise<string | undefined> {
  const prefix = await readExactly(client, 4);
  if (prefix === undefined) return undefined;
  const text = prefix.toString("latin1");
  if (!/^[0-9a-f]{4}$/i.test(text)) throw new Error(`request length '${text}' is not four hex digits`);
  return (await readFully(client, Number.parseInt(text, 16))).toString();
}

/** A text with its length in four hex digits; what does not fit is cut off, as adb does. */
export function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 0xffff);
  return Buffer.concat([Buffer.from(bytes.length.toString(16).padStart(4, "0")), bytes]);
}

export function replyOkay(client: Socket): void {
  if (client.writable) client.write("OKAY");
}

export function replyText(client: Socket, text: string): void {
  if (client.writable) client.write(Buffer.concat([Buffer.from("OKAY"), encodeText(text)]));
}

export function replyFail(client: Socket, reason: string): void {
  if (client.writable) client.end(Buffer.concat([Buffer.from("FAIL"), encodeText(reason)]));
}
