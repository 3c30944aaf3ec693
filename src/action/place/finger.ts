import type { Action, Direction, Target } from "../action.ts";
import type { CodecScreen } from "../codec.ts";
import {
  type Bounds,
  centre,
  intersection,
  opposite,
  type Point,
  type Size,
  type Stroke,
  unit,
  wholeScreen,
} from "./geometry.ts";

/** A place for the finger, or the reason why there is none. */
export type Located<T> = { ok: true; at: T } | { ok: false; reason: string };

/**
 * Share of the screen at each side where a stroke does not begin: there, gestures belong to the system
 * (back at the sides, notifications at the top, home at the bottom).
 */
const edge = { x: 0.07, y: 0.05 };
/** A stroke over an area begins and ends this share of it away from its sides. */
const inset = 0.2;
/** A swipe that starts on an element goes at least this share of the screen. */
const shortestSwipe = 0.3;

/** The middle of an element, or of the part of it that can be touched, or the point itself. */
export function locate(target: Target, screen: CodecScreen): Located<Point> {
  const bounds = boundsOf(target, screen);
  return bounds.ok ? { ok: true, at: centre(bounds.at) } : bounds;
}

/** What part of the screen a target takes up, where nothing covers it; a point takes up one pixel. */
export function boundsOf(target: Target, screen: CodecScreen): Located<Bounds> {
  if (target.kind === "point") {
    const { x, y } = target;
    if (x < 0 || y < 0 || x >= screen.width || y >= screen.height) {
      return {
        ok: false,
        reason: `the point ${x}, ${y} is outside the screen (${screen.width}×${screen.height})`,
      };
    }
    return {
      ok: true,
      at: { left: Math.floor(x), top: Math.floor(y), right: Math.floor(x) + 1, bottom: Math.floor(y) + 1 },
    };
  }
  const element = screen.elements.find(({ index }) => index === target.index);
  if (element === undefined) {
    const last = screen.elements.length - 1;
    const there = last < 0 ? "it lists none" : `they go from 0 to ${last}`;
    return { ok: false, reason: `there is no element ${target.index} on this screen; ${there}` };
  }
  return { ok: true, at: reachOf(element, screen) };
}

/** The finger's way for a scroll or a swipe; one that cannot be made gives the reason. */
export function strokeOf(
  action: Extract<Action, { type: "scroll" | "swipe" }>,
  screen: CodecScreen,
): Located<Stroke> {
  const { direction, target } = action;
  if (action.type === "scroll") return scrollStroke(direction, target, screen);
  if (action.to === undefined) return swipeStroke(direction, target, screen);
  if (target === undefined) return { ok: false, reason: "a swipe to a place needs one to begin at" };
  return dragStroke(target, action.to, screen);
}

/**
 * The finger's way for a scroll in `direction`: against it, through the target, or through the largest
 * thing on the screen that scrolls, or through the screen.
 */
function scrollStroke(
  direction: Direction,
  target: Target | undefined,
  screen: CodecScreen,
): Located<Stroke> {
  const area = scrollArea(target, screen);
  if (!area.ok) return area;
  return { ok: true, at: through(awayFromEdges(grown(area.at, screen), screen), opposite[direction]) };
}

/** What a scroll goes through: the target, or the largest thing that scrolls, or the screen. */
export function scrollArea(target: Target | undefined, screen: CodecScreen): Located<Bounds> {
  return target === undefined ? { ok: true, at: largestScrollable(screen) } : boundsOf(target, screen);
}

/**
 * The finger's way for a swipe in `direction`: across the screen, or from the middle of the target to
 * its far side and, where that is near, further.
 */
function swipeStroke(direction: Direction, target: Target | undefined, screen: CodecScreen): Located<Stroke> {
  if (target === undefined) {
    return { ok: true, at: through(awayFromEdges(wholeScreen(screen), screen), direction) };
  }
  const area = boundsOf(target, screen);
  if (!area.ok) return area;
  const from = inside(centre(area.at), awayFromEdges(wholeScreen(screen), screen));
  const { left, top, right, bottom } = area.at;
  const reachX = Math.max((right - left) / 2, screen.width * shortestSwipe);
  const reachY = Math.max((bottom - top) / 2, screen.height * shortestSwipe);
  const { x, y } = unit[direction];
  const to = inside({ x: from.x + x * reachX, y: from.y + y * reachY }, wholeScreen(screen));
  return { ok: true, at: { from, to } };
}

/** The finger's way straight from one target to another: `to` of a swipe. */
function dragStroke(from: Target, to: Target, screen: CodecScreen): Located<Stroke> {
  const start = locate(from, screen);
  if (!start.ok) return start;
  const end = locate(to, screen);
  return end.ok ? { ok: true, at: { from: start.at, to: end.at } } : end;
}

function through(area: Bounds, direction: Direction): Stroke {
  const middle = centre(area);
  const reachX = (0.5 - inset) * (area.right - area.left);
  const reachY = (0.5 - inset) * (area.bottom - area.top);
  const { x, y } = unit[direction];
  const along = (sign: number): Point => ({
    x: Math.round(middle.x + sign * x * reachX),
    y: Math.round(middle.y + sign * y * reachY),
  });
  return { from: along(-1), to: along(1) };
}

/** The part of the screen where a finger meets an element and nothing above it. */
function reachOf(element: CodecScreen["elements"][number], screen: CodecScreen): Bounds {
  return intersection(element.reach ?? element.bounds, wholeScreen(screen));
}

function largestScrollable(screen: CodecScreen): Bounds {
  const area = (bounds: Bounds): number => (bounds.right - bounds.left) * (bounds.bottom - bounds.top);
  const scrollable = screen.elements
    .filter((element) => element.scrollable === true)
    .map((element) => reachOf(element, screen))
    .sort((a, b) => area(b) - area(a));
  return scrollable[0] ?? wholeScreen(screen);
}

/** An area too small to scroll in, such as one row of a list, grows to a third of the screen. */
function grown(area: Bounds, screen: Size): Bounds {
  const { x, y } = centre(area);
  const halfWidth = Math.max((area.right - area.left) / 2, screen.width / 6);
  const halfHeight = Math.max((area.bottom - area.top) / 2, screen.height / 6);
  return { left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight };
}

function awayFromEdges(area: Bounds, screen: Size): Bounds {
  return {
    left: Math.max(area.left, Math.round(screen.width * edge.x)),
    top: Math.max(area.top, Math.round(screen.height * edge.y)),
    right: Math.min(area.right, Math.round(screen.width * (1 - edge.x))),
    bottom: Math.min(area.bottom, Math.round(screen.height * (1 - edge.y))),
  };
}

function inside(point: Point, area: Bounds): Point {
  return {
    x: Math.round(Math.min(Math.max(point.x, area.left), area.right - 1)),
    y: Math.round(Math.min(Math.max(point.y, area.top), area.bottom - 1)),
  };
}
