import { KEY } from "../ui/keycodes.ts";
import type { Windows } from "../ui/windows.ts";
import type { Intent, SimSettings } from "./services.ts";

export const gboard = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME";

/** The keyboard that automation installs to type what no key types: it takes text from broadcasts. */
export const adbKeyboard = "com.android.adbkeyboard/.AdbIME";

export const installedInputMethods: readonly string[] = [gboard, adbKeyboard];

/**
 * What ADBKeyboard does with a broadcast while it is the selected input method
 * (https://github.com/senzhk/ADBKeyBoard).
 */
export function receiveAsKeyboard(intent: Intent, settings: SimSettings, windows: Windows): void {
  if (settings.get("secure", "default_input_method") !== adbKeyboard) return;
  const { msg, chars, code } = intent.extras ?? {};
  switch (intent.action ?? "") {
    case "ADB_INPUT_TEXT":
      if (typeof msg === "string") windows.commitText(msg);
      break;
    case "ADB_INPUT_B64":
      if (typeof msg === "string") windows.commitText(Buffer.from(msg, "base64").toString("utf8"));
      break;
    case "ADB_INPUT_CHARS":
      if (Array.isArray(chars)) windows.commitText(String.fromCodePoint(...chars.map(Number)));
      break;
    case "ADB_INPUT_CODE":
      if (typeof code === "number") windows.key(code);
      break;
    case "ADB_EDITOR_CODE":
      windows.key(KEY.ENTER);
      break;
    case "ADB_CLEAR_TEXT":
      windows.key(KEY.A, [KEY.CTRL_LEFT]);
      windows.key(KEY.DEL);
      break;
    default:
  }
}
