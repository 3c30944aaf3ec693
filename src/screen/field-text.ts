import type { Element } from "./screen.ts";

/** What a field shows, in as far as a text that was put into it can be seen there. */
export type FieldText = Pick<Element, "text" | "hint" | "password">;

/** Whether a field shows a text in the way that such a field does. */
export function holds(field: FieldText, text: string): boolean {
  const shown = lines(field.text);
  const wanted = lines(text);
  if (field.password) return characters(shown) === characters(wanted);
  if (shown === wanted || (shown === "" && lines(field.hint) === wanted)) return true;
  // In a field of one line Enter at the end does something else than begin a line.
  if (shown === wanted.replace(/\n+$/u, "")) return true;
  return isNumber(wanted) && sameNumber(shown, wanted);
}

/** As many as a field shows bullets: one for each UTF-16 code unit (android.text.method.PasswordTransformationMethod). */
export function characters(text: string): number {
  return text.length;
}

function lines(text: string): string {
  return text.replaceAll(/\r\n?/gu, "\n");
}

function isNumber(text: string): boolean {
  return /^[\d\s()+.-]+$/u.test(text) && /\d/u.test(text);
}

/**
 * Fields for phone and card numbers and for amounts put spaces, brackets, hyphens, units and marks between groups of
 * three. A sign or a decimal point that is gone, or has come, makes another number.
 */
function sameNumber(shown: string, wanted: string): boolean {
  return bare(shown) === bare(wanted) || bare(shown.replaceAll(/[.,](?=\d{3}(?!\d))/gu, "")) === bare(wanted);
}

function bare(number: string): string {
  const kept = number.replaceAll(/[^\d.,+-]/gu, "").replaceAll(/(?<=\d)-/gu, "");
  // Points between the groups of a phone number.
  return (kept.match(/\./gu)?.length ?? 0) > 1 ? kept.replaceAll(".", "") : kept;
}
