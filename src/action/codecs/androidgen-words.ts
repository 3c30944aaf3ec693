import type { Action, Target } from "../action.ts";

/** An action as a line of AndroidGen's code. */
export function formatAction(action: Action): string {
  switch (action.type) {
    case "tap":
      return formatDo("Click", action.target);
    case "doubleTap":
      return formatDo("Double Tap", action.target);
    case "longPress":
      return formatDo("Long Press", action.target);
    case "inputText":
      return formatDo("Input Text", action.target, `text=${quoted(action.text)}`);
    case "press":
      return formatDo(keyVerbs[action.key]);
    case "scroll":
      return formatDo("Scroll", action.target, `direction=${quoted(action.direction)}`);
    case "swipe": {
      const to = action.to === undefined ? "" : `, ${written("to", "to", action.to)}`;
      return formatDo("Swipe", action.target, `direction=${quoted(action.direction)}${to}`);
    }
    case "openApp":
      return `open_app(app_name=${quoted(action.app)})`;
    case "wait":
      return formatDo("Wait", undefined, `seconds=${action.ms / 1000}`);
    case "quote":
      return `quote(content=${quoted(action.content)})`;
    case "answer":
      return `answer(content=${quoted(action.text)})`;
    case "finish": {
      const status = action.status === "complete" ? "" : `, status=${quoted(action.status)}`;
      return `exit(message=${quoted(action.message)}${status})`;
    }
    case "callApi": {
      const args = Object.entries(action.args).map(([key, value]) => `${quoted(key)}: ${literal(value)}`);
      return `call_api(name=${quoted(action.name)}, args={${args.join(", ")}})`;
    }
  }
}

const keyVerbs = {
  enter: "Press Enter",
  home: "Navigate Home",
  back: "Navigate Back",
  recents: "Navigate Recents",
} as const;

function formatDo(verb: string, target?: Target, argument?: string): string {
  const parts = [`action=${quoted(verb)}`];
  if (target !== undefined) parts.push(written("element_id", "point", target));
  if (argument !== undefined) parts.push(argument);
  return `do(${parts.join(", ")})`;
}

function written(elementName: string, pointName: string, target: Target): string {
  return target.kind === "element"
    ? `${elementName}="${target.index}"`
    : `${pointName}=[${target.x}, ${target.y}]`;
}

/** JSON's escapes are read by Python too, and leave no line break that could end the code early. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function literal(value: string | number | boolean): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
