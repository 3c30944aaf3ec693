import type { z } from "zod";
import type { FileLine } from "../lines.ts";
import type { Place } from "./defect.ts";
import { limits } from "./limits.ts";

/** White space that JSON does not know, and the byte order mark: editors and web pages leave them at a line's ends. */
const stray = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/gu;

/** Whether a line holds nothing at all. */
export function isBlank({ bytes }: Pick<FileLine, "bytes">): boolean {
  return bytes.length < 256 && bytes.toString("utf8").replaceAll(stray, "") === "";
}

/**
 * Reads one line as JSON of the given form. What cannot be read is reported and left out; undefined then.
 */
export function readJsonLine<T>(bytes: Buffer, schema: z.ZodType<T>, place: Place): T | undefined {
  if (bytes.length > limits.lineBytes) {
    place.defect("line-too-long", `the line has more than ${limits.lineBytes} bytes`, "left out");
    return undefined;
  }
  const text = bytes.toString("utf8");
  let value: unknown;
  try {
    value = parse(text, place);
  } catch (error) {
    place.defect("line-broken", `the line is no JSON (${reason(error)})`, "left out");
    return undefined;
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const where = issue?.path.join(".") ?? "";
  place.defect(
    "line-broken",
    `the line is not a record of this format (${where === "" ? "" : `${where}: `}${issue?.message ?? ""})`,
    "left out",
  );
  return undefined;
}

function parse(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const bare = text.replaceAll(stray, "");
    if (bare === text) throw error;
    const value: unknown = JSON.parse(bare);
    const found = [...new Set((text.match(stray) ?? []).join(""))].filter(
      (char) => !" \t\r\n".includes(char),
    );
    const names = found.map(
      (char) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
    );
    place.defect("stray-characters", `${names.join(", ")} around the JSON`, "passed over");
    return value;
  }
}

/** Newer engines quote the text in the message, which may be of any length. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/gu, " ").slice(0, 120);
}
