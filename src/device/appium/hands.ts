import type { Point } from "../../action/index.ts";
import type { Hands } from "../act/hands.ts";
import { keyCodes } from "../act/key-codes.ts";
import type { ActionResult } from "../device.ts";
import type { FingerMove } from "./client.ts";
import type { Session } from "./session.ts";
import { replaceText } from "./text.ts";

/** Long enough for every view to take it for a touch, short enough for a tap. */
const tapMs = 50;
/** Between two taps of a pair: Android takes 40 to 300 ms (ViewConfiguration). */
const betweenTapsMs = 100;
/** Longer than Android's long-press time-out, which is 500 ms. */
const longPressMs = 1000;

export interface AppiumHandsOptions {
  session: Session;
  /** Types into fields that cannot be set. */
  typeText: (text: string) => Promise<ActionResult>;
}

/** Touches by W3C actions, one call each, keys by key codes, texts by the accessibility service. */
export function appiumHands({ session, typeText }: AppiumHandsOptions): Hands {
  const touch = (what: string, moves: readonly FingerMove[]): Promise<void> =>
    session.act(what, (client) => client.finger(moves));
  const press = (keyCode: number): Promise<void> =>
    session.act("pressing a key", (client) => client.pressKey(keyCode));
  return {
    tap: (at) => touch("tapping", [moveTo(at), ...hold(tapMs)]),
    doubleTap: (at) => {
      const pause: FingerMove = { type: "pause", duration: betweenTapsMs };
      return touch("tapping twice", [moveTo(at), ...hold(tapMs), pause, ...hold(tapMs)]);
    },
    longPress: (at) => touch("pressing long", [moveTo(at), ...hold(longPressMs)]),
    stroke: ({ from, to }, durationMs) =>
      touch("stroking", [
        moveTo(from),
        { type: "pointerDown" },
        moveTo(to, durationMs),
        { type: "pointerUp" },
      ]),
    press: (key) => press(keyCodes[key]),
    replaceText: (text, meant) =>
      replaceText(text, meant, { session, pressEnter: () => press(keyCodes.enter), otherwise: typeText }),
  };
}

function moveTo({ x, y }: Point, duration = 0): FingerMove {
  return { type: "pointerMove", x, y, duration };
}

function hold(ms: number): FingerMove[] {
  return [{ type: "pointerDown" }, { type: "pause", duration: ms }, { type: "pointerUp" }];
}
