import { keyCodes } from "../act/key-codes.ts";
import type { Commands } from "../commands.ts";

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

/**
 * Empties the focused field: select all and delete; `length` is how many characters it may hold. The
 * key combination came with Android 12 (API 31); before it, everything around the cursor is deleted, and
 * after it `more` characters, for fields in which nothing can be selected.
 */
export async function clearField(
  commands: Commands,
  length: number,
  apiLevel: number,
  more = 0,
): Promise<void> {
  if (apiLevel >= 31) {
    await commands.must(
      ["input", "keycombination", String(ctrlLeft), String(a)],
      ["input", "keyevent", String(keyCodes.delete)],
    );
    if (more === 0) return;
  }
  const count = apiLevel >= 31 ? more : length;
  const times = <T>(key: T): T[] => Array.from({ length: count }, () => key);
  await pressKeys(commands, keyCodes.moveEnd, ...times(keyCodes.delete), ...times(keyCodes.forwardDelete));
}
