import { KEY } from "../ui/keycodes.ts";

/** The code of `KEYCODE_HOME`, `HOME` or `3`; undefined for what is none of them. */
export function keyCode(text: string): number | undefined {
  if (/^(?:0x[0-9a-f]+|\d+)$/iu.test(text)) return Number(text);
  const name = text.toUpperCase().replace(/^KEYCODE_/u, "");
  if (/^[A-Z]$/u.test(name)) return KEY.A + name.charCodeAt(0) - "A".charCodeAt(0);
  if (/^\d$/u.test(name)) return 7 + Number(name);
  const number = /^F(\d+)$/u.exec(name)?.[1];
  if (number !== undefined && Number(number) >= 1 && Number(number) <= 12) return 130 + Number(number);
  const digit = /^NUMPAD_(\d)$/u.exec(name)?.[1];
  if (digit !== undefined) return 144 + Number(digit);
  return Object.hasOwn(KEY, name) ? KEY[name as keyof typeof KEY] : undefined;
}
