/** Keys of the W3C's WebDriver, and Android's for them (`W3CKeyCode`), by code point from U+E000. */
const codes: Record<number, number> = {
  0xe000: 0, // null: no key at all
  0xe001: 121, // break
  0xe002: 259, // help
  0xe003: 67, // backspace
  0xe004: 61, // tab
  0xe005: 28, // clear
  0xe006: 66, // return
  0xe007: 66, // enter
  0xe008: 59, // shift
  0xe009: 113, // control
  0xe00a: 57, // alt
  0xe00b: 127, // pause
  0xe00c: 111, // escape
  0xe00d: 62, // space
  0xe00e: 92, // page up
  0xe00f: 93, // page down
  0xe010: 123, // end
  0xe011: 3, // home
  0xe012: 21, // left
  0xe013: 19, // up
  0xe014: 22, // right
  0xe015: 20, // down
  0xe016: 124, // insert
  0xe017: 112, // delete
  0xe018: 74, // semicolon
  0xe019: 70, // equals
  0xe024: 155, // of the number pad: *
  0xe025: 157, // +
  0xe026: 159, // ,
  0xe027: 156, // -
  0xe028: 158, // .
  0xe029: 154, // /
  0xe03d: 117, // meta
  0xe040: 211, // zenkaku and hankaku
};

const modifiers = new Set([57, 59, 113, 117]);

/** Android's key code, or undefined for a character that is typed. */
export function keyCodeOf(key: string): number | undefined {
  const code = key.codePointAt(0)!;
  if (code >= 0xe01a && code <= 0xe023) return 144 + code - 0xe01a;
  if (code >= 0xe031 && code <= 0xe03c) return 131 + code - 0xe031;
  return codes[code];
}

export function isModifier(keyCode: number): boolean {
  return modifiers.has(keyCode);
}
