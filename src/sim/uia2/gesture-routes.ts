/** `/appium/gestures/…` (the real one's `GestureController`, androidx's `Gestures`). */
import { optionalNumber, requiredNumber, requiredText, type Call, type Routes } from "./context.ts";
import { elementIdOf } from "./elements.ts";
import { noSuchElement, Uia2Error } from "./errors.ts";
import { centerOf } from "./nodes.ts";
import { elementOf, findLocator, roots, spend, wait } from "./screen.ts";
import { distance, touchScreen, type Point } from "../ui/finger.ts";
import type { Rect } from "../ui/metrics.ts";
import { writeSource } from "./source.ts";

type Direction = "UP" | "DOWN" | "LEFT" | "RIGHT";

const opposite: Record<Direction, Direction> = { UP: "DOWN", DOWN: "UP", LEFT: "RIGHT", RIGHT: "LEFT" };

/** Pixels a second: UiObject2's speeds in dp, at this screen's density. */
const density = 420 / 160;
const speeds = { drag: 2500 * density, swipe: 5000 * density, scroll: 5000 * density, fling: 7500 * density };
const longPressMs = 400;
const doubleTapGapMs = 150;

export const gestureRoutes: Routes = {
  "POST /session/:sessionId/appium/gestures/click": async (call) => touch(call, await pointOf(call), 0),
  "POST /session/:sessionId/appium/gestures/long_click": async (call) => {
    const duration = optionalNumber(call.body, "duration") ?? longPressMs;
    if (duration < 0) throw invalid("Long click duration cannot be negative");
    await touch(call, await pointOf(call), duration);
  },
  "POST /session/:sessionId/appium/gestures/double_click": async (call) => {
    const point = await pointOf(call);
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
    await stroke(call, from, end, speed);
  },
  "POST /session/:sessionId/appium/gestures/swipe": async (call) => {
    const [from, to] = across(areaOf(call, "swipe"), directionOf(call, "Swipe"), percentOf(call, 1));
    await stroke(call, from, to, speedOf(call, "swipe"));
  },
  "POST /session/:sessionId/appium/gestures/scroll": async (call) => {
    const direction = opposite[directionOf(call, "Scroll")];
    const area = areaOf(call, "scroll");
    const speed = speedOf(call, "scroll");
    const percent = percentOf(call, Infinity);
    for (let left = percent; left > 0; left -= 1) {
      const [from, to] = across(area, direction, Math.min(left, 1));
      if (!(await moves(call, () => stroke(call, from, to, speed, 250)))) return false;
    }
    return true;
  },
  "POST /session/:sessionId/appium/gestures/fling": async (call) => {
    const [from, to] = across(areaOf(call, "fling"), opposite[directionOf(call, "Fling")], 1);
    return moves(call, () => stroke(call, from, to, speedOf(call, "fling")));
  },
  // No app here zooms: two fingers come and go without effect, as on a screen that does not take them.
  "POST /session/:sessionId/appium/gestures/pinch_open": pinch,
  "POST /session/:sessionId/appium/gestures/pinch_close": pinch,
};

async function touch(call: Call, point: Point, durationMs: number): Promise<void> {
  await spend(call, "uia2Input");
  await wait(call, durationMs);
  touchScreen(call.host.phone.windows, [point], durationMs);
}

async function stroke(call: Call, from: Point, to: Point, speed: number, restMs = 0): Promise<void> {
  const durationMs = Math.round((distance(from, to) / speed) * 1000) + restMs;
  await spend(call, "uia2Input");
  await wait(call, durationMs);
  touchScreen(call.host.phone.windows, [from, to], durationMs);
}

async function pinch(call: Call): Promise<void> {
  areaOf(call, "pinch");
  percentOf(call, 1);
  await spend(call, "uia2Input");
}

/** Whether a gesture has changed what is shown. At its end a list stays as it is. */
async function moves(call: Call, gesture: () => Promise<void>): Promise<boolean> {
  const look = (): string => writeSource(roots(call), { rotation: 0, width: 0, height: 0 }, Infinity);
  const before = look();
  await gesture();
  return look() !== before;
}

/** An element's middle, or a point of it, or a point of the screen. */
async function pointOf(call: Call): Promise<Point> {
  const { offset, locator } = call.body;
  const area = originOf(call) ?? (locator ? locatedArea(call) : undefined);
  if (area === undefined) {
    if (offset === undefined || offset === null)
      throw invalid("Click offset coordinates must be provided if element is not set");
    return absolutePoint(offset, "offset");
  }
  if (offset === undefined || offset === null) return centerOf(area);
  const { x, y } = absolutePoint(offset, "offset");
  return { x: area.left + x, y: area.top + y };
}

function locatedArea(call: Call): Rect {
  const { strategy, selector } = call.body["locator"] as Record<string, unknown>;
  const locator = { strategy: String(strategy), selector: String(selector), context: undefined };
  const [found] = findLocator(call, locator);
  if (found === undefined) throw noSuchElement();
  return found.tree.bounds;
}

function originOf(call: Call): Rect | undefined {
  const id = elementIdOf(call.body["origin"]);
  return id === undefined ? undefined : elementOf(call, id).tree.bounds;
}

/** An element without a tenth at each side (UiObject2's gesture margins), or an area of the screen. */
function areaOf(call: Call, what: string): Rect {
  const element = originOf(call);
  if (element !== undefined) {
    const dx = (element.right - element.left) * 0.1;
    const dy = (element.bottom - element.top) * 0.1;
    return {
      left: element.left + dx,
      top: element.top + dy,
      right: element.right - dx,
      bottom: element.bottom - dy,
    };
  }
  const { area } = call.body;
  if (typeof area !== "object" || area === null)
    throw invalid(`The ${what} area coordinates must be provided if element is not set`);
  const model = area as Record<string, unknown>;
  const [left, top, width, height] = ["left", "top", "width", "height"].map((name) =>
    requiredNumber(model, name),
  );
  if (width! < 0) throw invalid("Rectangle width must not be negative");
  if (height! < 0) throw invalid("Rectangle height must not be negative");
  return { left: left!, top: top!, right: left! + width!, bottom: top! + height! };
}

/** A line through the middle of the area, `percent` of it long, so that it ends where the finger goes. */
function across({ left, top, right, bottom }: Rect, direction: Direction, percent: number): [Point, Point] {
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  const dx = (right - left) * percent;
  const dy = (bottom - top) * percent;
  switch (direction) {
    case "LEFT":
      return [
        { x: right, y },
        { x: right - dx, y },
      ];
    case "RIGHT":
      return [
        { x: left, y },
        { x: left + dx, y },
      ];
    case "UP":
      return [
        { x, y: bottom },
        { x, y: bottom - dy },
      ];
    case "DOWN":
      return [
        { x, y: top },
        { x, y: top + dy },
      ];
  }
}

function directionOf(call: Call, what: string): Direction {
  const direction = requiredText(call.body, "direction").toUpperCase();
  if (direction === "UP" || direction === "DOWN" || direction === "LEFT" || direction === "RIGHT")
    return direction;
  throw invalid(`${what} direction must be one of [LEFT, RIGHT, UP, DOWN]`);
}

function percentOf(call: Call, most: number): number {
  const percent = requiredNumber(call.body, "percent");
  if (percent < 0 || percent > most)
    throw invalid(most === 1 ? "Percent must be between 0.0f and 1.0f" : "Percent must be greater than 0.0f");
  return percent;
}

function speedOf(call: Call, gesture: keyof typeof speeds): number {
  const speed = optionalNumber(call.body, "speed") ?? speeds[gesture];
  if (speed < 0) throw invalid("Speed cannot be negative");
  return Math.max(1, speed);
}

function absolutePoint(model: unknown, name: string): Point {
  if (typeof model !== "object" || model === null) throw invalid(`'${name}' must have x and y`);
  const point = model as Record<string, unknown>;
  return { x: Math.trunc(requiredNumber(point, "x")), y: Math.trunc(requiredNumber(point, "y")) };
}

function invalid(message: string): Uia2Error {
  return new Uia2Error("invalid argument", message);
}
