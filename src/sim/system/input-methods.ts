import { KEY } from "../ui/keycodes.ts";
import type { Windows } from "../ui/windows.ts";
import { appiumInputMethods, decodeModifiedUtf7, unicodeIme } from "./appium-settings.ts";
import type { Intent, PackageList, SimSettings } from "./services.ts";

export const gboard = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME";

/** The keyboard that automation installs to type what no key types: it takes text from broadcasts. */
export const adbKeyboard = "com.android.adbkeyboard/.AdbIME";

/** The input methods of the packages that are installed now. */
export function installedInputMethods(packages: PackageList): readonly string[] {
  return [gboard, adbKeyboard, ...appiumInputMethods].filter(
    (id) => packages.get(packageOf(id)) !== undefined,
  );
}

export function packageOf(inputMethod: string): string {
  return inputMethod.split("/", 1)[0]!;
}

/** After a package has gone: its input methods are no longer enabled, and none of them is in use. */
export function forgetInputMethods(settings: SimSettings, packages: PackageList): void {
  const isThere = (id: string): boolean => packages.get(packageOf(id)) !== undefined;
  const enabled = (settings.get("secure", "enabled_input_methods") ?? "").split(":");
  settings.put("secure", "enabled_input_methods", enabled.filter(isThere).join(":"));
  if (!isThere(settings.get("secure", "default_input_method") ?? ""))
    settings.put("secure", "default_input_method", gboard);
}

/** What `input text` types, as the selected input method takes it. */
export function typeThroughInputMethod(text: string, settings: SimSettings, windows: Windows): void {
  if (settings.get("secure", "default_input_method") === unicodeIme)
    windows.commitText(decodeModifiedUtf7(text));
  else windows.type(text);
}

/** Actions of android.view.inputmethod.EditorInfo. */
const editorActions: Record<string, number> = {
  ADB_ACTION_GO: 2,
  ADB_ACTION_SEARCH: 3,
  ADB_ACTION_SEND: 4,
  ADB_ACTION_NEXT: 5,
  ADB_ACTION_DONE: 6,
};

/** Bits of android.view.KeyEvent's meta state, and the keys that are held for them. */
const metaKeys: readonly [bit: number, key: number][] = [
  [0x1, KEY.SHIFT_LEFT],
  [0x1000, KEY.CTRL_LEFT],
];

/**
 * What ADBKeyboard does with a broadcast while it is the selected input method
 * (https://github.com/senzhk/ADBKeyBoard, AdbIME.java).
 */
export function receiveAsKeyboard(intent: Intent, settings: SimSettings, windows: Windows): void {
  if (settings.get("secure", "default_input_method") !== adbKeyboard) return;
  const { msg, mcode, chars, code } = intent.extras ?? {};
  const action = intent.action ?? "";
  switch (action) {
    case "ADB_INPUT_TEXT":
      if (typeof msg === "string") windows.commitText(msg);
      if (typeof mcode === "string") pressWithMeta(mcode, windows);
      break;
    case "ADB_INPUT_B64":
      if (typeof msg === "string") windows.commitText(Buffer.from(msg, "base64").toString("utf8"));
      break;
    case "ADB_INPUT_CHARS":
      if (Array.isArray(chars)) windows.commitText(String.fromCodePoint(...chars.map(Number)));
      break;
    case "ADB_INPUT_CODE":
      if (typeof code === "number" && code !== -1) windows.key(code);
      break;
    case "ADB_EDITOR_CODE":
      if (typeof code === "number" && code !== -1) windows.editorAction(code);
      break;
    case "ADB_CLEAR_TEXT":
      windows.key(KEY.A, [KEY.CTRL_LEFT]);
      windows.key(KEY.DEL);
      break;
    default:
      if (action in editorActions) windows.editorAction(editorActions[action]!);
  }
}

/** Pairs of a meta state, its bits joined by `+`, and a key code: `4096,29` is Ctrl-A. */
function pressWithMeta(codes: string, windows: Windows): void {
  const words = codes.split(",");
  for (let at = 0; at + 1 < words.length; at += 2) {
    const meta = words[at]!.split("+").reduce((bits, word) => bits | Number(word), 0);
    const held = metaKeys.filter(([bit]) => (meta & bit) !== 0).map(([, key]) => key);
    windows.key(Number(words[at + 1]), held);
  }
}
