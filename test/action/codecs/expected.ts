import { expect } from "@jest/globals";
import {
  type Action,
  type ActionCodec,
  type CodecScreen,
  locate,
  type Point,
  strokeOf,
  type Target,
} from "../../../src/action/index.ts";

/** What each grammar can say, and what must come back of what it said. */

const opposite = { up: "down", down: "up", left: "right", right: "left" } as const;

/** Grammars whose typing goes where the focus is. */
const typesAtFocus = new Set(["qwen2.5-vl", "qwen3-vl", "ui-tars", "open-autoglm"]);
/** Milliseconds of a wait that names none. */
const waits: Record<string, number> = {
  "androidworld-json": 1000,
  "glm-4.1v": 1000,
  "glm-4.5v": 1000,
  "ui-tars": 5000,
};
/** Types that a grammar has no words for. */
const wordless: Record<string, string[]> = {
  "androidgen-code": [],
  "androidworld-json": ["quote", "callApi"],
  "qwen2.5-vl": ["doubleTap", "quote", "callApi", "answer"],
  "qwen3-vl": ["doubleTap", "quote", "callApi"],
  "ui-tars": ["doubleTap", "quote", "callApi", "answer"],
  "glm-4.1v": ["doubleTap", "quote", "callApi"],
  "glm-4.5v": ["doubleTap", "quote", "callApi"],
  "open-autoglm": ["quote", "callApi", "answer"],
};
const keysLacking: Record<string, string[]> = {
  "androidworld-json": ["recents"],
  "ui-tars": ["recents"],
  "glm-4.1v": ["recents"],
  "glm-4.5v": ["recents"],
  "open-autoglm": ["recents", "enter"],
};

function focusOf(screen: CodecScreen): CodecScreen["elements"][number] | undefined {
  return screen.elements.find((element) => element.focused === true);
}

/** Whether typing needs no tap first: nothing else than the focused field is meant. */
function meansFocus(target: Target | undefined, screen: CodecScreen): boolean {
  const focus = focusOf(screen);
  if (target === undefined) return true;
  if (focus === undefined) return false;
  if (target.kind === "element") return target.index === focus.index;
  const { left, top, right, bottom } = focus.reach ?? focus.bounds;
  return target.x >= left && target.x < right && target.y >= top && target.y < bottom;
}

export function canSay({ name }: ActionCodec, action: Action, screen: CodecScreen): boolean {
  if (wordless[name]!.includes(action.type)) return false;
  switch (action.type) {
    case "press":
      return !(keysLacking[name] ?? []).includes(action.key);
    case "inputText":
      if (typesAtFocus.has(name)) return meansFocus(action.target, screen);
      return !name.startsWith("glm") || action.target !== undefined || focusOf(screen) !== undefined;
    case "scroll":
      return name !== "androidworld-json" || action.target?.kind !== "point";
    case "swipe":
      if (name === "androidworld-json") return action.to === undefined && action.target?.kind !== "point";
      return action.to === undefined || !name.startsWith("glm");
    case "finish":
      return action.status === "complete" || (name !== "ui-tars" && name !== "open-autoglm");
    case "tap":
    case "doubleTap":
    case "longPress":
    case "openApp":
    case "wait":
    case "quote":
    case "answer":
    case "callApi":
      return true;
  }
}

function pointOf(target: Target, screen: CodecScreen): Point {
  const point = locate(target, screen);
  if (!point.ok) throw new Error(point.reason);
  return point.at;
}

/**
 * That `read` is within the rounding of the codec's grid: half a cell and half a pixel, or a whole cell where the
 * point is beyond the grid's last one, 999 of 1000. The middle of a box of an element may be off by half a pixel more,
 * and by a quarter cell at the far sides, where the box ends at the last one.
 */
function expectNear(read: Target | undefined, meant: Point, codec: ActionCodec, screen: CodecScreen): void {
  if (read?.kind !== "point") throw new Error(`no point was read but ${JSON.stringify(read)}`);
  const grid = codec.grid(screen);
  const bound = (at: number, side: number, cells: number): number => {
    const cell = side / cells;
    if (codec.coordinates === "box") return 0.75 * cell + 1 + 1e-9;
    return (at > side - 0.5 * cell ? cell : 0.5 * cell) + 0.5 + 1e-9;
  };
  expect(Math.abs(read.x - meant.x)).toBeLessThanOrEqual(bound(meant.x, screen.width, grid.width));
  expect(Math.abs(read.y - meant.y)).toBeLessThanOrEqual(bound(meant.y, screen.height, grid.height));
}

/** That what was read does on this screen what the action does, as far as the grammar can say it. */
export function expectSame(read: Action, action: Action, codec: ActionCodec, screen: CodecScreen): void {
  const { name } = codec;
  if (name === "androidgen-code") return expect(read).toEqual(action);
  switch (action.type) {
    case "tap":
    case "doubleTap":
    case "longPress":
      expect(read.type).toBe(action.type);
      if (name === "androidworld-json") return expect(read).toEqual(action);
      return expectNear((read as typeof action).target, pointOf(action.target, screen), codec, screen);
    case "inputText": {
      if (name === "androidworld-json") return expect(read).toEqual(action);
      if (name === "ui-tars" && action.text === "\n") {
        return expect(read).toEqual({ type: "press", key: "enter" });
      }
      expect(read).toMatchObject({ type: "inputText", text: action.text });
      const { target } = read as typeof action;
      if (typesAtFocus.has(name)) return expect(target).toBeUndefined();
      const meant = action.target ?? ({ kind: "element", index: focusOf(screen)!.index } as const);
      return expectNear(target, pointOf(meant, screen), codec, screen);
    }
    case "wait":
      return expect(read).toEqual({ type: "wait", ms: waits[name] ?? action.ms });
    case "finish":
      return expect(read).toEqual({
        ...action,
        message: name === "ui-tars" || name === "open-autoglm" ? action.message : "",
      });
    case "scroll":
    case "swipe":
      return expectSameStroke(read, action, codec, screen);
    case "press":
    case "openApp":
    case "quote":
    case "answer":
    case "callApi":
      return expect(read).toEqual(action);
  }
}

function expectSameStroke(
  read: Action,
  action: Extract<Action, { type: "scroll" | "swipe" }>,
  codec: ActionCodec,
  screen: CodecScreen,
): void {
  const finger = action.type === "swipe" ? action.direction : opposite[action.direction];
  const view = opposite[finger];
  const { target } = action;
  switch (codec.name) {
    case "androidworld-json": {
      // Only its scrolls begin on an element.
      const type = action.type === "swipe" && target === undefined ? "swipe" : "scroll";
      const direction = type === "swipe" ? finger : view;
      return expect(read).toEqual({ type, direction, ...(target && { target }) });
    }
    case "glm-4.1v":
    case "glm-4.5v": {
      expect(read).toMatchObject({ type: "swipe", direction: finger });
      const place = (read as typeof action).target;
      if (target === undefined) return expect(place).toBeUndefined();
      return expectNear(place, pointOf(target, screen), codec, screen);
    }
    default:
  }
  if (codec.name === "ui-tars" && action.type === "scroll") {
    return expect(read).toMatchObject({ type: "scroll", direction: action.direction });
  }
  const stroke = strokeOf(action, screen);
  if (!stroke.ok) throw new Error(stroke.reason);
  if (read.type !== "swipe") throw new Error(`read as ${read.type}`);
  expectNear(read.target, stroke.at.from, codec, screen);
  expectNear(read.to, stroke.at.to, codec, screen);
  if (action.type === "scroll" || action.to === undefined) expect(read.direction).toBe(finger);
}
