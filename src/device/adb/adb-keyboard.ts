import { setTimeout as delay } from "node:timers/promises";
import { AndroidGenError } from "../../errors.ts";
import type { Commands } from "../commands.ts";

/** The input method that takes its text from broadcasts (https://github.com/senzhk/ADBKeyBoard). */
export const adbKeyboard = "com.android.adbkeyboard/.AdbIME";

/**
 * A setting on the device that holds the user's input method while ADBKeyboard is in its place. Where a
 * program died in between, it is found there by the next one that opens the device. A snapshot keeps it
 * together with what it is about.
 */
const note = ["global", "androidgen_input_method"] as const;
const selected = ["secure", "default_input_method"] as const;

export const readNote = ["settings", "get", ...note] as const;
export const readInputMethod = ["settings", "get", ...selected] as const;

/** Bound of the wait until an input method has been switched to, and the time between two looks. */
const switchMs = 5000;
const pollMs = 50;

/** What `settings get` answers for a setting that is not there is the word `null`. */
export function settingOf(answer: string): string {
  const value = answer.trim();
  return value === "null" ? "" : value;
}

/** Selects ADBKeyboard for as long as `type` runs, and the user's input method again whatever happens. */
export async function withAdbKeyboard(commands: Commands, type: () => Promise<void>): Promise<void> {
  const before = await usersInputMethod(commands);
  if (before === adbKeyboard) return type();
  try {
    await commands.must(
      ["settings", "put", ...note, before],
      ["ime", "enable", adbKeyboard],
      ["ime", "set", adbKeyboard],
    );
    await untilInputMethod(commands, adbKeyboard);
    await type();
  } finally {
    await restoreInputMethod(commands, before);
  }
}

/** ADBKeyboard may be what the user chose, or what a restoring that failed has left. */
async function usersInputMethod(commands: Commands): Promise<string> {
  const now = settingOf(await commands.must(readInputMethod));
  if (now !== adbKeyboard) return now;
  return settingOf(await commands.must(readNote)) || now;
}

/** Gives the user's input method back; where there is none, or none any more, Android chooses one. */
export async function restoreInputMethod(commands: Commands, before: string): Promise<void> {
  const forget = ["settings", "delete", ...note];
  if (before !== "") {
    try {
      await commands.must(["ime", "set", before], forget);
      return;
    } catch (error) {
      // It was uninstalled meanwhile.
      if (!AndroidGenError.isInstance(error) || error.code !== "COMMAND_FAILED") throw error;
    }
  }
  await commands.must(["ime", "reset"], forget);
}

/** Commits a text as ADBKeyboard does: any Unicode, unread by any shell. */
export async function commitText(commands: Commands, text: string): Promise<void> {
  const message = Buffer.from(text).toString("base64");
  await commands.must(["am", "broadcast", "-a", "ADB_INPUT_B64", "--es", "msg", message]);
}

/** The switch goes on in the background: a broadcast that comes before its end reaches nobody. */
async function untilInputMethod(commands: Commands, wanted: string): Promise<void> {
  const deadline = performance.now() + switchMs;
  // Past the deadline typing is tried all the same: reading the field back tells whether it worked.
  while (performance.now() < deadline) {
    const said = await commands.must(readInputMethod, ["dumpsys", "input_method"]);
    if (said.startsWith(wanted) && isBound(said, wanted)) return;
    await delay(pollMs);
  }
}

/** Whether the service is connected to the input method, as far as this dump tells. */
function isBound(dump: string, wanted: string): boolean {
  const line = /\bmCurId=.*/u.exec(dump)?.[0];
  if (line === undefined) return true;
  return line.startsWith(`mCurId=${wanted}`) && !/mHaveConnection=false|mBoundToMethod=false/u.test(line);
}
