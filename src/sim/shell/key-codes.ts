/** Key codes of android.view.KeyEvent by name, without `KEYCODE_`. */
const names: Record<string, number> = {
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
  ALL_APPS: 284,
  CUT: 277,
  COPY: 278,
  PASTE: 279,
};

export const keyEnter = 66;

/** The code of `KEYCODE_HOME`, `HOME` or `3`; undefined for what is none of them. */
export function keyCode(text: string): number | undefined {
  if (/^(?:0x[0-9a-f]+|\d+)$/iu.test(text)) return Number(text);
  const name = text.toUpperCase().replace(/^KEYCODE_/u, "");
  if (/^[A-Z]$/u.test(name)) return 29 + name.charCodeAt(0) - "A".charCodeAt(0);
  if (/^\d$/u.test(name)) return 7 + Number(name);
  const number = /^F(\d+)$/u.exec(name)?.[1];
  if (number !== undefined && Number(number) >= 1 && Number(number) <= 12) return 130 + Number(number);
  const digit = /^NUMPAD_(\d)$/u.exec(name)?.[1];
  if (digit !== undefined) return 144 + Number(digit);
  return names[name];
}
