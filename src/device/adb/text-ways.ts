import { keyCodes } from "../act/key-codes.ts";
import type { TextWay } from "../device.ts";
import { commitText, withAdbKeyboard } from "./adb-keyboard.ts";
import { clipperClipboard } from "./clipper.ts";
import type { Commands } from "../commands.ts";
import { inputTextArguments, isTypeable, pieces, pressKeys, typeWithKeys } from "./typing.ts";

/**
 * Code points in one broadcast. A command line may be 4 KiB on old devices, and these are at most 2 kB of
 * UTF-8, which base64 makes 2.7 kB.
 */
const mostInOne = 500;
/** More `input text` calls than this take longer than switching to ADBKeyboard and back. */
const mostCalls = 2;

/**
 * Types a text into the focused field by the best of the ways that the device has: keys for printable
 * ASCII, ADBKeyboard for everything else and for what is long, the clipboard where it is missing. Line
 * breaks are pressed as Enter. False, with nothing done, where no way can type it.
 */
export async function typeText(text: string, commands: Commands, ways: readonly TextWay[]): Promise<boolean> {
  switch (wayFor(text, ways)) {
    case "keys":
      await typeWithKeys(commands, text);
      return true;
    case "adbKeyboard":
      await withAdbKeyboard(commands, () =>
        inPieces(text, commands, (characters) => commitText(commands, characters)),
      );
      return true;
    case "clipboard": {
      const clipboard = clipperClipboard(commands);
      await inPieces(text, commands, async (characters) => {
        await clipboard.set(characters);
        await pressKeys(commands, keyCodes.paste);
      });
      return true;
    }
    case undefined:
      return false;
  }
}

function wayFor(text: string, ways: readonly TextWay[]): Exclude<TextWay, "setText"> | undefined {
  const beyondKeys = (["adbKeyboard", "clipboard"] as const).find((way) => ways.includes(way));
  if (!isTypeable(text)) return beyondKeys;
  const calls = pieces(text).flatMap((piece) =>
    piece.kind === "characters" ? inputTextArguments(piece.text) : [],
  );
  return calls.length > mostCalls && beyondKeys === "adbKeyboard" ? beyondKeys : "keys";
}

async function inPieces(
  text: string,
  commands: Commands,
  enter: (characters: string) => Promise<void>,
): Promise<void> {
  for (const piece of pieces(text)) {
    if (piece.kind === "newline") await pressKeys(commands, keyCodes.enter);
    else for (const some of chunks(piece.text)) await enter(some);
  }
}

/** Cut between code points, never within one. */
function chunks(text: string): string[] {
  const points = Array.from(text);
  const count = Math.ceil(points.length / mostInOne);
  return Array.from({ length: count }, (_, i) => points.slice(i * mostInOne, (i + 1) * mostInOne).join(""));
}
