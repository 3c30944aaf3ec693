import { setTimeout as delay } from "node:timers/promises";
import { AndroidGenError } from "../../errors.ts";
import type { Commands } from "../commands.ts";

const keyboardPackage = "com.android.adbkeyboard";
/** The input method that takes its text from broadcasts (https://github.com/senzhk/ADBKeyBoard). */
export const adbKeyboard = `${keyboardPackage}/.AdbIME`;
const commitAction = "ADB_INPUT_B64";

/**
 * A setting on the device that holds what is the user's while ADBKeyboard is in use: the input method, and whether one
 * is shown beside a hardware keyboard. Where a program died in between, it is found there by the next one that opens the
 * device. A snapshot keeps it together with what it is about.
 */
const note = ["global", "androidgen_input_method"] as const;
const selected = ["secure", "default_input_method"] as const;
const besideHardware = ["secure", "show_ime_with_hard_keyboard"] as const;

export const readNote = ["settings", "get", ...note] as const;
export const readInputMethod = ["settings", "get", ...selected] as const;

/** Bound of the wait until ADBKeyboard listens, and the time between two looks. */
const switchMs = 5000;
const pollMs = 50;
/** After this time a field is tapped once more, so that it asks for a keyboard again. */
const askMs = 1000;

/** What `settings get` answers for a setting that is not there. */
const unset = "null";

/** Two settings as `settings get` prints them. */
interface UsersKeyboard {
  inputMethod: string;
  besideHardware: string;
}

export function settingOf(answer: string): string {
  const value = answer.trim();
  return value === unset ? "" : value;
}

/** What the note tells of a program that died; undefined where there is none. */
export function readUsers(answer: string): UsersKeyboard | undefined {
  if (settingOf(answer) === "") return undefined;
  const [inputMethod = unset, shown = unset] = answer.trim().split(" ");
  return { inputMethod, besideHardware: shown };
}

/**
 * Selects ADBKeyboard for as long as `type` runs, and the user's input method again whatever happens. Its releases up to
 * 2.4 do not listen before their view is made, which takes a field that asks for a keyboard, as it does when `tapField`
 * taps it, and leave to show one beside a hardware keyboard, as every emulator has it.
 */
export async function withAdbKeyboard(
  commands: Commands,
  tapField: () => Promise<void>,
  type: () => Promise<void>,
): Promise<void> {
  const users = await usersKeyboard(commands);
  try {
    await commands.must(
      ["settings", "put", ...note, `${users.inputMethod} ${users.besideHardware}`],
      ["settings", "put", ...besideHardware, "1"],
      ["ime", "enable", adbKeyboard],
      ["ime", "set", adbKeyboard],
    );
    await untilListening(commands, tapField);
    await type();
  } finally {
    await restoreKeyboard(commands, users);
  }
}

/** A note is what a restoring that failed has left; it is the last thing to go, so both settings may be ours. */
async function usersKeyboard(commands: Commands): Promise<UsersKeyboard> {
  const said = await commands.must(readInputMethod, ["settings", "get", ...besideHardware], readNote);
  const [inputMethod = unset, shown = unset, noted = unset] = said.split("\n").map((line) => line.trim());
  return readUsers(noted) ?? { inputMethod: inputMethod || unset, besideHardware: shown || unset };
}

/** Gives the user's keyboard back; where there is no input method, or none any more, Android chooses one. */
export async function restoreKeyboard(commands: Commands, users: UsersKeyboard): Promise<void> {
  const shown =
    users.besideHardware === unset
      ? ["settings", "delete", ...besideHardware]
      : ["settings", "put", ...besideHardware, users.besideHardware];
  const forget = ["settings", "delete", ...note];
  if (settingOf(users.inputMethod) !== "") {
    try {
      await commands.must(shown, ["ime", "set", users.inputMethod], forget);
      return;
    } catch (error) {
      // It was uninstalled meanwhile.
      if (!AndroidGenError.isInstance(error) || error.code !== "COMMAND_FAILED") throw error;
    }
  }
  await commands.must(shown, ["ime", "reset"], forget);
}

/** Goes to ADBKeyboard alone, and waits in no queue behind a boot. */
const toKeyboard = ["am", "broadcast", "--receiver-foreground", "-p", keyboardPackage] as const;

/** Commits a text as ADBKeyboard does: any Unicode, unread by any shell, and told to no other app. */
export async function commitText(commands: Commands, text: string): Promise<void> {
  const message = Buffer.from(text).toString("base64");
  await commands.must([...toKeyboard, "-a", commitAction, "--es", "msg", message]);
}

/** The switch goes on in the background: a broadcast that comes before its end reaches nobody. */
async function untilListening(commands: Commands, tapField: () => Promise<void>): Promise<void> {
  const since = performance.now();
  let asked = false;
  // Past the deadline typing is tried all the same: reading the field back tells whether it worked.
  while (performance.now() - since < switchMs) {
    const said = await commands.must(
      ["dumpsys", "input_method"],
      ["dumpsys", "activity", "broadcasts", keyboardPackage],
    );
    // In the history of broadcasts the same action is written otherwise: act=… (IntentFilter.dump, Intent.toString).
    if (isBound(said) && said.includes(`Action: "${commitAction}"`)) return;
    if (!asked && performance.now() - since > askMs) {
      asked = true;
      await tapField();
    }
    await delay(pollMs);
  }
}

/** Whether the service is connected to the input method, as far as this dump tells. */
function isBound(dump: string): boolean {
  const line = /\bmCurId=.*/u.exec(dump)?.[0];
  if (line === undefined) return true;
  return (
    line.startsWith(`mCurId=${adbKeyboard}`) && !/mHaveConnect(?:ion)?=false|mBoundToMethod=false/u.test(line)
  );
}
