/** `/appium/gestures/…` (the real one's `GestureController`, androidx's `Gestures`). */
import type { Call, Routes } from "./context.ts";
import { optionalNumber } from "./context.ts";
import {
  absolutePoint,
  across,
  areaOf,
  directionOf,
  invalid,
  opposite,
  originOf,
  percentOf,
  pointOf,
  speedOf,
  type Direction,
} from "./gesture-targets.ts";
import { centerOf } from "./nodes.ts";
import { spend, wait } from "./screen.ts";
import { scrollStroke, stroke } from "./scroll.ts";
import { distance, touchScreen, type Point } from "../ui/finger.ts";

const longPressMs = 400;
const doubleTapGapMs = 150;
/** How long a finger rests at the end of a scroll, so that nothing glides on. */
const scrollRestMs = 250;

export const gestureRoutes: Routes = {
  "POST /session/:sessionId/appium/gestures/click": async (call) => touch(call, await pointOf(call), 0),
  "POST /session/:sessionId/appium/gestures/long_click": async (call) => {
    const duration = optionalNumber(call.body, "duration") ?? longPressMs;
    if (duration < 0) throw invalid("Long click duration cannot be negative");
    await touch(call, await pointOf(call), duration);
  },
  "POST /session/:sessionId/appium/gestures/double_click": async (call) => {
    const point = await pointOf(call, "Double click");
    await touch(call, point, 0);
    await wait(call, doubleTapGapMs);
    await touch(call, point, 0);
  },
  "POST /session/:sessionId/appium/gestures/drag": async (call) => {
    const speed = speedOf(call, "drag");
    const end = absolutePoint(call.body["end"], "end");
    const element = originOf(call);
    const start =
      call.body["start"] === undefined || call.body["start"] === null
        ? element && centerOf(element)
        : absolutePoint(call.body["start"], "start");
    if (start === undefined)
      throw invalid("The starting point coordinates must be provided if element is not set");
    const from =
      element && call.body["start"] ? { x: element.left + start.x, y: element.top + start.y } : start;
    await stroke(call, from, end, timeFor(from, end, speed));
  },
  "POST /session/:sessionId/appium/gestures/swipe": async (call) => {
    const [from, to] = across(areaOf(call, "swipe"), directionOf(call, "Swipe"), percentOf(call, 1));
    await stroke(call, from, to, timeFor(from, to, speedOf(call, "swipe")));
  },
  "POST /session/:sessionId/appium/gestures/scroll": async (call) => {
    const direction = directionOf(call, "Scroll");
    const area = areaOf(call, "scroll");
    const speed = speedOf(call, "scroll");
    const percent = percentOf(call, Infinity);
    for (let left = percent; left > 0; left -= 1) {
      const [from, to] = across(area, opposite[direction], Math.min(left, 1));
      if (!(await goesOn(call, direction, from, to, timeFor(from, to, speed) + scrollRestMs))) return false;
    }
    return true;
  },
  "POST /session/:sessionId/appium/gestures/fling": async (call) => {
    const direction = directionOf(call, "Fling");
    const speed = speedOf(call, "fling");
    const [from, to] = across(areaOf(call, "fling"), opposite[direction], 1);
    return goesOn(call, direction, from, to, timeFor(from, to, speed));
  },
  // No app here zooms: two fingers come and go without effect, as on a screen that does not take them.
  "POST /session/:sessionId/appium/gestures/pinch_open": pinch,
  "POST /session/:sessionId/appium/gestures/pinch_close": pinch,
};

function timeFor(from: Point, to: Point, speed: number): number {
  return Math.round((distance(from, to) / speed) * 1000);
}

async function touch(call: Call, point: Point, durationMs: number): Promise<void> {
  await spend(call, "uia2Input");
  await wait(call, durationMs);
  touchScreen(call.host.phone.windows, [point], durationMs);
}

async function pinch(call: Call): Promise<void> {
  areaOf(call, "pinch");
  percentOf(call, 1);
  await spend(call, "uia2Input");
}

/** Until.scrollFinished: false where the end is reached, and where nothing scrolled. */
async function goesOn(
  call: Call,
  direction: Direction,
  from: Point,
  to: Point,
  durationMs: number,
): Promise<boolean> {
  const scrolled = await scrollStroke(call, from, to, durationMs);
  if (scrolled === undefined) return false;
  const towardsEnd = direction === "DOWN" || direction === "RIGHT";
  return towardsEnd ? scrolled.offset < scrolled.max : scrolled.offset > 0;
}
