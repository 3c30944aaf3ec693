/** Android key codes (android.view.KeyEvent) and what the keys of a US keyboard type. */
export const KEY = {
  UNKNOWN: 0,
  SOFT_LEFT: 1,
  SOFT_RIGHT: 2,
  HOME: 3,
  BACK: 4,
  CALL: 5,
  ENDCALL: 6,
  STAR: 17,
  POUND: 18,
  DPAD_UP: 19,
  DPAD_DOWN: 20,
  DPAD_LEFT: 21,
  DPAD_RIGHT: 22,
  DPAD_CENTER: 23,
  VOLUME_UP: 24,
  VOLUME_DOWN: 25,
  POWER: 26,
  CAMERA: 27,
  CLEAR: 28,
  A: 29,
  C: 31,
  V: 50,
  X: 52,
  COMMA: 55,
  PERIOD: 56,
  ALT_LEFT: 57,
  ALT_RIGHT: 58,
  SHIFT_LEFT: 59,
  SHIFT_RIGHT: 60,
  TAB: 61,
  SPACE: 62,
  SYM: 63,
  EXPLORER: 64,
  ENVELOPE: 65,
  ENTER: 66,
  DEL: 67,
  GRAVE: 68,
  MINUS: 69,
  EQUALS: 70,
  LEFT_BRACKET: 71,
  RIGHT_BRACKET: 72,
  BACKSLASH: 73,
  SEMICOLON: 74,
  APOSTROPHE: 75,
  SLASH: 76,
  AT: 77,
  PLUS: 81,
  MENU: 82,
  NOTIFICATION: 83,
  SEARCH: 84,
  MEDIA_PLAY_PAUSE: 85,
  MEDIA_STOP: 86,
  MEDIA_NEXT: 87,
  MEDIA_PREVIOUS: 88,
  PAGE_UP: 92,
  PAGE_DOWN: 93,
  ESCAPE: 111,
  FORWARD_DEL: 112,
  CTRL_LEFT: 113,
  CTRL_RIGHT: 114,
  CAPS_LOCK: 115,
  META_LEFT: 117,
  META_RIGHT: 118,
  MOVE_HOME: 122,
  MOVE_END: 123,
  INSERT: 124,
  NUMPAD_ENTER: 160,
  VOLUME_MUTE: 164,
  APP_SWITCH: 187,
  ASSIST: 219,
  BRIGHTNESS_DOWN: 220,
  BRIGHTNESS_UP: 221,
  SLEEP: 223,
  WAKEUP: 224,
  VOICE_ASSIST: 231,
  CUT: 277,
  COPY: 278,
  PASTE: 279,
  ALL_APPS: 284,
} as const;

const shiftedDigits = ")!@#$%^&*(";

const punctuation: readonly (readonly [code: number, plain: string, shifted: string])[] = [
  [17, "*", "*"],
  [18, "#", "#"],
  [55, ",", "<"],
  [56, ".", ">"],
  [62, " ", " "],
  [68, "`", "~"],
  [69, "-", "_"],
  [70, "=", "+"],
  [71, "[", "{"],
  [72, "]", "}"],
  [73, "\\", "|"],
  [74, ";", ":"],
  [75, "'", '"'],
  [76, "/", "?"],
  [77, "@", "@"],
  [81, "+", "+"],
  [154, "/", "/"],
  [155, "*", "*"],
  [156, "-", "-"],
  [157, "+", "+"],
  [158, ".", "."],
  [159, ",", ","],
  [161, "=", "="],
  [162, "(", "("],
  [163, ")", ")"],
];

const typed = new Map<number, readonly [plain: string, shifted: string]>(
  punctuation.map(([code, plain, shifted]) => [code, [plain, shifted]]),
);
for (let digit = 0; digit <= 9; digit++) {
  typed.set(7 + digit, [String(digit), shiftedDigits[digit]!]);
  typed.set(144 + digit, [String(digit), String(digit)]);
}
for (let letter = 0; letter < 26; letter++) {
  const plain = String.fromCharCode(97 + letter);
  typed.set(KEY.A + letter, [plain, plain.toUpperCase()]);
}

/** The character of a key, or undefined for one that types nothing. */
export function characterOf(code: number, held: readonly number[]): string | undefined {
  const shift = held.includes(KEY.SHIFT_LEFT) || held.includes(KEY.SHIFT_RIGHT);
  const caps = held.includes(KEY.CAPS_LOCK) && code >= KEY.A && code < KEY.A + 26;
  return typed.get(code)?.[shift !== caps ? 1 : 0];
}

/** Bits of android.view.KeyEvent's meta state, and the keys that are held for them. */
const metaKeys: readonly [bit: number, code: number][] = [
  [0x1, KEY.SHIFT_LEFT],
  [0x2, KEY.ALT_LEFT],
  [0x1000, KEY.CTRL_LEFT],
  [0x10000, KEY.META_LEFT],
];

export function heldKeys(metaState: number): number[] {
  return metaKeys.filter(([bit]) => (metaState & bit) !== 0).map(([, code]) => code);
}
