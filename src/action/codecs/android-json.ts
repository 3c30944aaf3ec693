import type { Action, Direction, Target } from "../action.ts";
import type { Fields, Reading } from "../read/fields.ts";
import { directions, loose } from "../read/fields.ts";

/** In what the JSON actions of AndroidWorld and of the models trained on them differ. */
export interface Dialect {
  /** Where an action goes, if it says so. */
  target(fields: Fields): Reading<Target | undefined>;
  /** What says where: for the model that left it out. */
  targetForm: string;
  /** Which way the finger goes for the direction that a swipe names. */
  finger(named: Direction): Direction;
}

const types = [
  "click",
  "double_tap",
  "long_press",
  "input_text",
  "keyboard_enter",
  "navigate_home",
  "navigate_back",
  "scroll",
  "swipe",
  "open_app",
  "wait",
  "answer",
  "status",
] as const;

/** What models write though no prompt says so, and only one thing can be meant. */
const otherNames: Record<string, (typeof types)[number]> = {
  tap: "click",
  type: "input_text",
  enter: "keyboard_enter",
  home: "navigate_home",
  back: "navigate_back",
};

/** AndroidWorld's `wait` lasts a second. Source: google-research/android_world, android_world/env/actuation.py. */
const waitMs = 1000;

/** Reads the fields of a JSON action: one with an `action_type`. */
export function readAndroidJson(fields: Fields, dialect: Dialect): Reading<Action> {
  const written = loose(fields.text("action_type") ?? "");
  const type = types.find((one) => loose(one) === written) ?? otherNames[written];
  if (type === undefined)
    return `there is no action_type ${JSON.stringify(written)}; there are ${types.join(", ")}`;
  const target = dialect.target(fields);
  if (typeof target === "string") return target;
  switch (type) {
    case "click":
      return target === undefined ? needs(type, dialect.targetForm) : { type: "tap", target };
    case "double_tap":
      return target === undefined ? needs(type, dialect.targetForm) : { type: "doubleTap", target };
    case "long_press":
      return target === undefined ? needs(type, dialect.targetForm) : { type: "longPress", target };
    case "input_text": {
      const text = fields.text("text");
      return text === undefined
        ? needs(type, "text")
        : { type: "inputText", text, ...(target && { target }) };
    }
    case "keyboard_enter":
      return { type: "press", key: "enter" };
    case "navigate_home":
      return { type: "press", key: "home" };
    case "navigate_back":
      return { type: "press", key: "back" };
    case "scroll":
    case "swipe": {
      const { direction } = fields;
      if (direction === undefined) return needs(type, `direction, one of ${directions.join(", ")}`);
      return type === "scroll"
        ? { type, direction, ...(target && { target }) }
        : { type, direction: dialect.finger(direction), ...(target && { target }) };
    }
    case "open_app": {
      const app = fields.name("app_name", "app");
      return app === undefined ? needs(type, "app_name, the name of an app") : { type: "openApp", app };
    }
    case "wait":
      return { type: "wait", ms: waitMs };
    case "answer": {
      const text = fields.text("text");
      return text === undefined ? needs(type, "text") : { type: "answer", text };
    }
    case "status": {
      const status = loose(fields.text("goal_status") ?? "");
      if (status !== "complete" && status !== "infeasible") {
        return needs(type, 'goal_status, "complete" or "infeasible"');
      }
      return { type: "finish", status, message: "" };
    }
  }
}

function needs(type: string, what: string): string {
  return `${type} needs ${what}`;
}

type Placeless = Extract<Action, { type: "openApp" | "wait" | "answer" | "finish" }>;

/** The fields of an action that goes nowhere, the same in every dialect. */
export function placelessFields(action: Placeless): Record<string, string> {
  switch (action.type) {
    case "openApp":
      return { action_type: "open_app", app_name: action.app };
    case "wait":
      return { action_type: "wait" };
    case "answer":
      return { action_type: "answer", text: action.text };
    case "finish":
      return { action_type: "status", goal_status: action.status };
  }
}

/** The action type of a key; there is none for the list of recent apps. */
export const keyTypes = { enter: "keyboard_enter", home: "navigate_home", back: "navigate_back" } as const;
