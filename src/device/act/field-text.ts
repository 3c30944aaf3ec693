import { characters, type FieldText } from "../../screen/index.ts";
import type { ActionResult } from "../device.ts";

/** The refusal where a field shows something else; of a password it tells the length alone. */
export function otherText(field: FieldText, text: string): ActionResult {
  const [shown, put] = field.password
    ? [`${characters(field.text)} characters`, `${characters(text)} were`]
    : [quoted(field.text), `${quoted(text)} was`];
  return { ok: false, reason: `the field holds ${shown} after ${put} put into it` };
}

/**
 * Whether what a field shows is what it makes of the text by itself: cut where it is full, or written in another way.
 * Putting the text into it again would give the same.
 */
export function isFieldsOwn({ text: shown, password }: FieldText, text: string): boolean {
  if (shown === "") return false;
  return (
    text.startsWith(shown) || (password && shown.length < text.length) || letters(shown) === letters(text)
  );
}

function letters(text: string): string {
  const kept = text.normalize("NFKC").toLowerCase();
  return kept.replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/** For a message: cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
