import { characters, type FieldText } from "../../screen/index.ts";
import type { ActionResult } from "../device.ts";

/** The refusal where a field shows something else; of a password it tells the length alone. */
export function otherText(field: FieldText, text: string): ActionResult {
  const shown = field.password ? `${characters(field.text)} characters` : quoted(field.text);
  return { ok: false, reason: `the field holds ${shown} after ${quoted(text)} was put into it` };
}

/** For a message: cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
