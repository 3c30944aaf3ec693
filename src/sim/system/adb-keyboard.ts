/**
 * ADBKeyboard, the input method that automation installs to type what no key types: it takes text from
 * broadcasts while it is in use (https://github.com/senzhk/ADBKeyBoard, AdbIME.java).
 */
import { heldKeys, KEY } from "../ui/keycodes.ts";
import type { Windows } from "../ui/windows.ts";
import type { Intent } from "./services.ts";

export const adbKeyboard = "com.android.adbkeyboard/.AdbIME";

const keyboardPackage = "com.android.adbkeyboard";

/** Actions of android.view.inputmethod.EditorInfo. */
const editorActions: Record<string, number> = {
  ADB_ACTION_GO: 2,
  ADB_ACTION_SEARCH: 3,
  ADB_ACTION_SEND: 4,
  ADB_ACTION_NEXT: 5,
  ADB_ACTION_DONE: 6,
};

/** What it listens to. */
export const adbKeyboardActions: readonly string[] = [
  "ADB_INPUT_TEXT",
  "ADB_INPUT_CHARS",
  "ADB_INPUT_CODE",
  "ADB_EDITOR_CODE",
  "ADB_INPUT_B64",
  "ADB_CLEAR_TEXT",
  ...Object.keys(editorActions),
];

/** Its receiver is no component: an intent reaches it by its action, for its package or for any. */
export function receiveAsAdbKeyboard(intent: Intent, windows: Windows): void {
  const { action = "", extras = {}, component, package: wanted = keyboardPackage } = intent;
  if (component !== undefined || wanted !== keyboardPackage) return;
  const { msg, mcode, chars, code } = extras;
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
    windows.key(Number(words[at + 1]), heldKeys(meta));
  }
}
