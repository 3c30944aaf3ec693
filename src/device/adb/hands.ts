import type { Stroke } from "../../action/index.ts";
import type { Element } from "../../screen/index.ts";
import type { Hands } from "../act/hands.ts";
import { keyCodes } from "../act/key-codes.ts";
import type { TextWay } from "../device.ts";
import type { Commands } from "../commands.ts";
import { replaceText } from "./text-input.ts";
import { pressKeys } from "./typing.ts";

/** Longer than Android's long-press time-out, which is 500 ms. */
const longPressMs = 1000;

export interface AdbHandsOptions {
  commands: Commands;
  apiLevel: number;
  /** The ways the device has to enter text now. */
  ways: () => readonly TextWay[];
  /** Elements of the screen as it is now, or why they cannot be had. */
  look: () => Promise<Element[] | string>;
}

/** Touches and keys through the device's `input` command. */
export function adbHands({ commands, apiLevel, ways, look }: AdbHandsOptions): Hands {
  return {
    tap: async ({ x, y }) => void (await commands.must(tap(x, y))),
    // In one call, so that the second tap comes soon enough to make a pair.
    doubleTap: async ({ x, y }) => void (await commands.must(tap(x, y), tap(x, y))),
    longPress: async (from) => void (await commands.must(drag({ from, to: from }, longPressMs))),
    stroke: async (way, durationMs) => void (await commands.must(drag(way, durationMs))),
    press: (key) => pressKeys(commands, keyCodes[key]),
    replaceText: (text) => replaceText(text, { commands, apiLevel, ways: ways(), look }),
  };
}

function tap(x: number, y: number): string[] {
  return ["input", "tap", String(x), String(y)];
}

function drag({ from, to }: Stroke, durationMs: number): string[] {
  return ["input", "swipe", ...[from.x, from.y, to.x, to.y, durationMs].map(String)];
}
