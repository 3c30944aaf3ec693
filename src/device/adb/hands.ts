import type { Point, Stroke } from "../../action/index.ts";
import { AndroidGenError } from "../../errors.ts";
import type { Element } from "../../screen/index.ts";
import type { Hands } from "../act/hands.ts";
import { keyCodes } from "../act/key-codes.ts";
import { actionUnsure } from "../act/unsure.ts";
import type { TextWay } from "../device.ts";
import type { Commands } from "../commands.ts";
import { replaceText } from "./text-input.ts";
import { pressKeys } from "./typing.ts";

/** Longer than Android's long-press time-out, which is 500 ms. */
const longPressMs = 1000;
/** Since Android 12 (API 31) `input` is a call of a program that runs; before it, each starts a virtual machine. */
const quickInput = 31;
/**
 * Two taps are a pair where 40 to 300 ms lie between them (ViewConfiguration). A quick `input` needs up to 50 ms to
 * begin; a slow one takes longer than may lie between, so the second is begun before the first has come to tap.
 */
const pauseOfPairMs = 80;
const leadOfPairMs = 150;

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
  const touch = ({ x, y }: Point): Promise<void> => taken(commands.must(tap(x, y)));
  return {
    tap: touch,
    doubleTap: ({ x, y }) => {
      const once = tap(x, y);
      if (apiLevel < quickInput) return taken(commands.mustOverlap(leadOfPairMs, once, once));
      return taken(commands.must(once, ["sleep", String(pauseOfPairMs / 1000)], once));
    },
    longPress: (from) => taken(commands.must(drag({ from, to: from }, longPressMs))),
    stroke: (way, durationMs) => taken(commands.must(drag(way, durationMs))),
    press: (key) => taken(pressKeys(commands, keyCodes[key])),
    replaceText: (text, meant) =>
      replaceText(text, { commands, apiLevel, ways: ways(), look, tap: touch }, meant),
  };
}

/**
 * `input` ends when the app has taken the touch, and with an app that hangs after half a minute (InputManager's
 * WAIT_FOR_FINISH). That is no fault of the device: the next screen shows what became of it.
 */
async function taken(touching: Promise<unknown>): Promise<void> {
  try {
    await touching;
  } catch (error) {
    if (!AndroidGenError.isInstance(error) || error.code !== "DEVICE_TIMEOUT") throw error;
    throw actionUnsure(error);
  }
}

function tap(x: number, y: number): string[] {
  return ["input", "tap", String(x), String(y)];
}

function drag({ from, to }: Stroke, durationMs: number): string[] {
  return ["input", "swipe", ...[from.x, from.y, to.x, to.y, durationMs].map(String)];
}
