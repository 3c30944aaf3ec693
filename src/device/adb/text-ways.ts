import { keyCodes } from "../act/key-codes.ts";
import type { TextWay } from "../device.ts";
import { commitText, withAdbKeyboard } from "./adb-keyboard.ts";
import { clipperClipboard } from "./clipper.ts";
import type { Commands } from "../commands.ts";
import { inputTextArguments, isTypeable, pieces, pressKeys, typeWithKeys } from "./typing.ts";

/** The ways of typing over adb. */
export type TypingWay = Exclude<TextWay, "setText">;

/**
 * Code points in one broadcast. A command line may be 4 KiB on old devices, and these are at most 2 kB of
 * UTF-8, which base64 makes 2.7 kB.
 */
const mostInOne = 500;
/** More `input text` calls than this take longer than switching to ADBKeyboard and back. */
const mostCalls = 2;

/**
 * The ways of a device that can type a text, the best first: keys for what is short, ADBKeyboard for what is long, for
 * line breaks, and for what no key types, the clipboard where it is missing. Only a key makes Enter of a line break,
 * which in many a field sends off what stands there.
 */
export function waysFor(text: string, ways: readonly TextWay[]): TypingWay[] {
  const others = (["adbKeyboard", "clipboard"] as const).filter((way) => ways.includes(way));
  if (!isTypeable(text)) return others;
  if (text.includes("\n")) return [...others, "keys"];
  const calls = pieces(text).flatMap((piece) =>
    piece.kind === "characters" ? inputTextArguments(piece.text) : [],
  );
  return calls.length > mostCalls && others[0] === "adbKeyboard" ? [...others, "keys"] : ["keys", ...others];
}

/** Types a text into the focused field, which `tapField` taps. */
export async function typeText(
  text: string,
  way: TypingWay,
  commands: Commands,
  tapField: () => Promise<void>,
): Promise<void> {
  switch (way) {
    case "keys":
      return typeWithKeys(commands, text);
    case "adbKeyboard":
      return withAdbKeyboard(commands, tapField, async () => {
        for (const some of chunks(text)) await commitText(commands, some);
      });
    case "clipboard": {
      const clipboard = clipperClipboard(commands);
      for (const some of chunks(text)) {
        await clipboard.set(some);
        await pressKeys(commands, keyCodes.paste);
      }
    }
  }
}

/** Cut between code points, never within one. */
function chunks(text: string): string[] {
  const points = Array.from(text);
  const count = Math.ceil(points.length / mostInOne);
  return Array.from({ length: count }, (_, i) => points.slice(i * mostInOne, (i + 1) * mostInOne).join(""));
}
