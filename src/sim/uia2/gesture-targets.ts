/** What the bodies of gestures say: points, areas, ways and speeds (the real one's `model/api/gestures`). */
import { optionalNumber, requiredNumber, requiredText, type Call } from "./context.ts";
import { elementIdOf } from "./elements.ts";
import { noSuchElement, Uia2Error } from "./errors.ts";
import { elementOf, findFirst } from "./locate.ts";
import { centerOf } from "./nodes.ts";
import type { Point } from "../ui/finger.ts";
import { px, type Rect } from "../ui/metrics.ts";

export type Direction = "UP" | "DOWN" | "LEFT" | "RIGHT";

export const opposite: Record<Direction, Direction> = {
  UP: "DOWN",
  DOWN: "UP",
  LEFT: "RIGHT",
  RIGHT: "LEFT",
};

/** Pixels a second: UiObject2's speeds in dp, at this screen's density. */
const speeds = { drag: px(2500), swipe: px(5000), scroll: px(5000), fling: px(7500) };
/** ViewConfiguration.getScaledMinimumFlingVelocity: 50 dp a second. */
const slowestFling = px(50);

/** An element's middle, or a point of it, or a point of the screen. */
export async function pointOf(call: Call, what = "Click"): Promise<Point> {
  const { offset, locator } = call.body;
  const area = originOf(call) ?? (locator ? await locatedArea(call) : undefined);
  if (area === undefined) {
    if (offset === undefined || offset === null)
      throw invalid(`${what} offset coordinates must be provided if element is not set`);
    return absolutePoint(offset, "offset");
  }
  if (offset === undefined || offset === null) return centerOf(area);
  const { x, y } = absolutePoint(offset, "offset");
  return { x: area.left + x, y: area.top + y };
}

async function locatedArea(call: Call): Promise<Rect> {
  const { strategy, selector, context } = call.body["locator"] as Record<string, unknown>;
  const below = typeof context === "string" && context.trim() !== "" ? context : undefined;
  const found = await findFirst(call, {
    strategy: String(strategy),
    selector: String(selector),
    context: below,
  });
  if (found === undefined) throw noSuchElement();
  return found.node.tree.bounds;
}

export function originOf(call: Call): Rect | undefined {
  const id = elementIdOf(call.body["origin"]);
  return id === undefined ? undefined : elementOf(call, id).tree.bounds;
}

/** An element without a tenth at each side (UiObject2's gesture margins), or an area of the screen. */
export function areaOf(call: Call, what: string): Rect {
  const element = originOf(call);
  if (element !== undefined) {
    const dx = Math.trunc((element.right - element.left) * 0.1);
    const dy = Math.trunc((element.bottom - element.top) * 0.1);
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
export function across(
  { left, top, right, bottom }: Rect,
  direction: Direction,
  percent: number,
): [Point, Point] {
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

export function directionOf(call: Call, what: string): Direction {
  const direction = requiredText(call.body, "direction").toUpperCase();
  if (direction === "UP" || direction === "DOWN" || direction === "LEFT" || direction === "RIGHT")
    return direction;
  throw invalid(`${what} direction must be one of [LEFT, RIGHT, UP, DOWN]`);
}

export function percentOf(call: Call, most: number): number {
  const percent = requiredNumber(call.body, "percent");
  if (percent < 0 || percent > most)
    throw invalid(most === 1 ? "Percent must be between 0.0f and 1.0f" : "Percent must be greater than 0.0f");
  return percent;
}

export function speedOf(call: Call, gesture: keyof typeof speeds): number {
  const speed = optionalNumber(call.body, "speed") ?? speeds[gesture];
  if (gesture === "fling" && speed < slowestFling)
    throw invalid(`Speed ${speed} is less than the minimum fling velocity ${slowestFling}`);
  if (speed < 0) throw invalid("Speed cannot be negative");
  return Math.max(1, speed);
}

export function absolutePoint(model: unknown, name: string): Point {
  if (typeof model !== "object" || model === null) throw invalid(`'${name}' must have x and y`);
  const point = model as Record<string, unknown>;
  return { x: Math.trunc(requiredNumber(point, "x")), y: Math.trunc(requiredNumber(point, "y")) };
}

export function invalid(message: string): Uia2Error {
  return new Uia2Error("invalid argument", message);
}
