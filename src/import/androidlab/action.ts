import { z } from "zod";
import type { Action, Target } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { Place } from "../defect.ts";
import { isDirection } from "../direction.ts";
import type { RecordedAction } from "../recording.ts";
import { unknownAction } from "../unknown-action.ts";

const parsedAction = z.object({
  operation: z.string().optional(),
  action: z.string(),
  kwargs: z.record(z.string(), z.unknown()).nullish(),
});

/** AndroidLab's actions by the names that its executors record; the two of them spell some differently. */
export function readParsedAction(value: unknown, screen: Screen, place: Place): RecordedAction {
  const parsed = parsedAction.safeParse(value);
  if (!parsed.success) return unknownAction(value, place);
  const action = labAction(parsed.data.action, parsed.data.kwargs ?? {}, screen);
  return action === undefined ? unknownAction(value, place) : { action };
}

/**
 * What an action of this name with these arguments is; undefined where it is none. Its `Type` goes to the field that has
 * the focus. Its `Swipe` names the way of the finger, and how far it goes is left out.
 */
export function labAction(name: string, args: Record<string, unknown>, screen: Screen): Action | undefined {
  const target = targetOf(args["element"], screen);
  const { text, direction } = args;
  switch (name.toLowerCase().replaceAll(/[\s_]+/gu, "")) {
    case "tap":
      return target === undefined ? undefined : { type: "tap", target };
    case "longpress":
      return target === undefined ? undefined : { type: "longPress", target };
    case "type":
      return typeof text === "string" ? { type: "inputText", text } : undefined;
    case "swipe":
      return isDirection(direction)
        ? { type: "swipe", direction, ...(target === undefined ? {} : { target }) }
        : undefined;
    case "enter":
    case "pressenter":
      return { type: "press", key: "enter" };
    case "home":
    case "presshome":
      return { type: "press", key: "home" };
    case "back":
    case "pressback":
      return { type: "press", key: "back" };
    case "wait":
      return { type: "wait", ms: waitMs(args["interval"]) };
    case "launch": {
      const app = args["package"] ?? args["app_name"] ?? args["app"];
      return typeof app === "string" ? { type: "openApp", app } : undefined;
    }
    case "finish": {
      const { message } = args;
      return { type: "finish", status: "complete", message: typeof message === "string" ? message : "" };
    }
    default:
      return undefined;
  }
}

/** Seconds that it waits unless told otherwise, and the most that it does. */
const [defaultSeconds, mostSeconds] = [5, 10];

function waitMs(seconds: unknown): number {
  const told = typeof seconds === "number" && seconds >= 0 && seconds <= mostSeconds;
  return Math.round((told ? seconds : defaultSeconds) * 1000);
}

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const spot = z.tuple([z.number(), z.number()]);

/** An element by its bounds, where the screen has one of just these; else the middle of them, or the point itself. */
function targetOf(value: unknown, screen: Screen): Target | undefined {
  const point = spot.safeParse(value).data;
  if (point !== undefined) return { kind: "point", x: Math.round(point[0]), y: Math.round(point[1]) };
  const bounds = box.safeParse(value).data;
  if (bounds === undefined) return undefined;
  const [left, top, right, bottom] = bounds;
  const element = screen.elements.find(
    ({ bounds: own }) => own.left === left && own.top === top && own.right === right && own.bottom === bottom,
  );
  if (element !== undefined) return { kind: "element", index: element.index };
  return { kind: "point", x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) };
}
