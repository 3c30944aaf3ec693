import { z } from "zod";
import type { Action, Key, Target } from "../../action/index.ts";
import type { Place } from "../defect.ts";
import type { RecordedAction } from "../recording.ts";
import { unknownAction } from "../unknown-action.ts";

const point = z.tuple([z.number(), z.number()]).transform(([x, y]): Target => pointAt(x, y));
const xy = z.object({ x: z.number(), y: z.number() }).transform(({ x, y }): Target => pointAt(x, y));
const where = z.union([z.object({ coordinate: point }).transform(({ coordinate }) => coordinate), xy]);
const direction = z.enum(["up", "down", "left", "right"]);
const text = z.object({ text: z.string() });
const named = z.object({ name: z.string() });

const keys: Readonly<Record<string, Key>> = {
  back: "back",
  home: "home",
  enter: "enter",
  recent: "recents",
  recents: "recents",
};

/** Seconds that a `wait` without a time stands for. */
const waitSeconds = 1;

/** How each action is read, by its name, in both vocabularies: `click` with `coordinate`, or with `x` and `y`. */
const actions: Readonly<Record<string, z.ZodType<Action>>> = {
  click: where.transform((target) => ({ type: "tap", target })),
  double_tap: where.transform((target) => ({ type: "doubleTap", target })),
  long_press: where.transform((target) => ({ type: "longPress", target })),
  type: text.transform((read) => ({ type: "inputText", text: read.text })),
  input_text: text.transform((read) => ({ type: "inputText", text: read.text })),
  answer: text.transform((read) => ({ type: "answer", text: read.text })),
  open: text.transform((read) => ({ type: "openApp", app: read.text })),
  open_app: z
    .union([z.object({ app_name: z.string() }).transform((read) => ({ name: read.app_name })), named])
    .transform(({ name }) => ({ type: "openApp", app: name })),
  swipe: z.union([
    z
      .object({
        coordinate: z.tuple([z.number(), z.number()]),
        coordinate2: z.tuple([z.number(), z.number()]),
      })
      .transform(({ coordinate: [x, y], coordinate2: [toX, toY] }): Action => ({
        type: "swipe",
        direction: directionOf(toX - x, toY - y),
        target: pointAt(x, y),
        to: pointAt(toX, toY),
      })),
    z.object({ direction }).transform((read): Action => ({ type: "swipe", direction: read.direction })),
  ]),
  scroll: z.object({ direction }).transform((read) => ({ type: "scroll", direction: read.direction })),
  system_button: z
    .object({ button: z.string().transform((button) => keys[button.toLowerCase()]) })
    .refine(({ button }) => button !== undefined)
    .transform(({ button }) => ({ type: "press", key: button! })),
  navigate_back: z.object({}).transform(() => ({ type: "press", key: "back" })),
  navigate_home: z.object({}).transform(() => ({ type: "press", key: "home" })),
  keyboard_enter: z.object({}).transform(() => ({ type: "press", key: "enter" })),
  wait: z
    .object({ time: z.number().nonnegative().default(waitSeconds) })
    .transform(({ time }) => ({ type: "wait", ms: Math.round(time * 1000) })),
  terminate: z.object({ status: z.string().default("success") }).transform(({ status }) => ({
    type: "finish",
    status: status === "success" ? "complete" : "infeasible",
    message: "",
  })),
};

/** Points are pixels of the screenshot, and stay so. */
export function readControlAction(value: unknown, place: Place): RecordedAction {
  const name = z
    .looseObject({ action: z.string().optional(), action_type: z.string().optional() })
    .safeParse(value);
  const key = name.data?.action ?? name.data?.action_type ?? "";
  const action = Object.hasOwn(actions, key) ? actions[key]!.safeParse(value).data : undefined;
  return action === undefined ? unknownAction(value, place) : { action };
}

function pointAt(x: number, y: number): Target {
  return { kind: "point", x: Math.round(x), y: Math.round(y) };
}

function directionOf(dx: number, dy: number) {
  if (Math.abs(dx) > Math.abs(dy)) return dx > 0 ? ("right" as const) : ("left" as const);
  return dy > 0 ? ("down" as const) : ("up" as const);
}
