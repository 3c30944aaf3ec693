import type { Element } from "./screen.ts";

/** What a field shows, in as far as a text that was put into it can be seen there. */
export type FieldText = Pick<Element, "text" | "hint" | "password">;

/** Whether a field shows a text in the way that such a field does. */
export function holds(field: FieldText, text: string): boolean {
  const shown = lines(field.text);
  const wanted = lines(text);
  // A password shows as one bullet per character.
  if (field.password) return characters(shown) === characters(wanted);
  if (shown === wanted || (shown === "" && lines(field.hint) === wanted)) return true;
  // A field of one line has no line breaks, and Enter at its end does something else.
  if (shown === wanted.replaceAll("\n", "") || shown === wanted.replace(/\n+$/u, "")) return true;
  // Fields for phone and card numbers put spaces and brackets between the digits.
  return /^[\d\s()+.-]+$/u.test(wanted) && digits(wanted) !== "" && digits(shown) === digits(wanted);
}

/** As many as a field shows bullets: one per code point. */
export function characters(text: string): number {
  return Array.from(text).length;
}

function lines(text: string): string {
  return text.replaceAll(/\r\n?/gu, "\n");
}

function digits(text: string): string {
  return text.replaceAll(/\D/gu, "");
}
