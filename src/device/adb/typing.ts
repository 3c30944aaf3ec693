import { setTimeout as delay } from "node:timers/promises";
import { adbKeyboard } from "./adb-keyboard.ts";
import type { Commands } from "./commands.ts";

/** Android key codes (android.view.KeyEvent). */
export const keyCodes = {
  home: 3,
  back: 4,
  enter: 66,
  delete: 67,
  forwardDelete: 112,
  moveEnd: 123,
  recents: 187,
} as const;
const ctrlLeft = 113;
const a = 29;

/** `input text` gets slow, and drops characters, when it is given much at once. */
const longestText = 200;
/** Keys per `input keyevent` call. */
const mostKeys = 100;

/** A part of a text: a run of characters, or a line break. */
export type TextPiece = { kind: "characters"; text: string } | { kind: "newline" };

/** Cuts a text at its line breaks; `\r\n` is one. */
export function pieces(text: string): TextPiece[] {
  const list: TextPiece[] = [];
  for (const [i, line] of text.split(/\r\n|[\r\n]/u).entries()) {
    if (i > 0) list.push({ kind: "newline" });
    if (line !== "") list.push({ kind: "characters", text: line });
  }
  return list;
}

/** What `input text` can type: it presses keys, and a keyboard has keys for printable ASCII alone. */
export function isTypeable(text: string): boolean {
  return /^[\u0020-\u007E\r\n]*$/u.test(text);
}

/**
 * Arguments of the `input text` calls that type a run of printable ASCII. The tool turns `%s` into a
 * space, so spaces are written that way, and where the text itself holds `%s` it is cut between the
 * two: there is no escape for it (AOSP InputShellCommand.sendText).
 */
export function inputTextArguments(text: string): string[] {
  return text.split(/(?<=%)(?=s)/u).flatMap((run) => {
    const chunks: string[] = [];
    for (let at = 0; at < run.length; at += longestText) {
      chunks.push(run.slice(at, at + longestText).replaceAll(" ", "%s"));
    }
    return chunks;
  });
}

export async function pressKeys(commands: Commands, ...codes: number[]): Promise<void> {
  for (let at = 0; at < codes.length; at += mostKeys) {
    const some = codes.slice(at, at + mostKeys).map(String);
    await commands.must(["input", "keyevent", ...some]);
  }
}

export async function typeWithKeys(commands: Commands, text: string): Promise<void> {
  for (const piece of pieces(text)) {
    if (piece.kind === "newline") await pressKeys(commands, keyCodes.enter);
    else
      for (const argument of inputTextArguments(piece.text)) await commands.must(["input", "text", argument]);
  }
}

/** Bound of the wait until an input method has been switched to, and the time between two looks. */
const imeSwitchMs = 5000;
const imePollMs = 50;

/**
 * Types any Unicode through ADBKeyboard, an input method that takes text from broadcasts, and gives
 * the user's input method back. False, with nothing done, where it is not installed.
 */
export async function typeWithAdbKeyboard(commands: Commands, text: string): Promise<boolean> {
  const methods = await commands.must(["ime", "list", "-a", "-s"]);
  if (!methods.split(/\s+/u).includes(adbKeyboard)) return false;
  const before = await inputMethod(commands);
  await commands.must(["ime", "enable", adbKeyboard], ["ime", "set", adbKeyboard]);
  try {
    await untilInputMethod(commands, adbKeyboard);
    for (const piece of pieces(text)) {
      if (piece.kind === "newline") {
        await pressKeys(commands, keyCodes.enter);
      } else {
        const message = Buffer.from(piece.text).toString("base64");
        await commands.must(["am", "broadcast", "-a", "ADB_INPUT_B64", "--es", "msg", message]);
      }
    }
  } finally {
    if (before !== "" && before !== "null" && before !== adbKeyboard)
      await commands.must(["ime", "set", before]);
  }
  return true;
}

async function inputMethod(commands: Commands): Promise<string> {
  return (await commands.must(["settings", "get", "secure", "default_input_method"])).trim();
}

/** The switch goes on in the background: a broadcast that comes before its end reaches nobody. */
async function untilInputMethod(commands: Commands, wanted: string): Promise<void> {
  const deadline = performance.now() + imeSwitchMs;
  // Past the deadline typing is tried all the same: reading the field back tells whether it worked.
  while (performance.now() < deadline) {
    const selected = (await inputMethod(commands)) === wanted;
    if (selected && isBound(await commands.must(["dumpsys", "input_method"]), wanted)) return;
    await delay(imePollMs);
  }
}

/** Whether the service is connected to the input method, as far as this dump tells. */
function isBound(dump: string, wanted: string): boolean {
  const line = /\bmCurId=.*/u.exec(dump)?.[0];
  if (line === undefined) return true;
  return line.startsWith(`mCurId=${wanted}`) && !/mHaveConnection=false|mBoundToMethod=false/u.test(line);
}

/**
 * Empties the focused field: select all and delete; `length` is how many characters it may hold. The
 * key combination came with Android 12 (API 31); before it, everything around the cursor is deleted.
 */
export async function clearField(commands: Commands, length: number, apiLevel: number): Promise<void> {
  if (apiLevel >= 31) {
    await commands.must(
      ["input", "keycombination", String(ctrlLeft), String(a)],
      ["input", "keyevent", String(keyCodes.delete)],
    );
    return;
  }
  const times = <T>(key: T): T[] => Array.from({ length }, () => key);
  await pressKeys(commands, keyCodes.moveEnd, ...times(keyCodes.delete), ...times(keyCodes.forwardDelete));
}
