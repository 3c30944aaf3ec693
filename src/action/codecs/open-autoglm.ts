import type { Action } from "../action.ts";
import type { ActionCodec, CodecScreen, ParsedAction, Reply } from "../codec.ts";
import { mainDirection, type Size } from "../place/geometry.ts";
import { type PointTarget, readPlace, thousandths } from "../place/grid.ts";
import { type Fields, loose, type Reading } from "../read/fields.ts";
import { findCode } from "../read/find-code.ts";
import { type Frame, splitThinking } from "../read/regions.ts";
import { namedArguments } from "./named-arguments.ts";
import { notExpressible, Places } from "./writing.ts";

const name = "open-autoglm";

/**
 * Open-AutoGLM: a line of code between `<answer>` tags after a thought between `<think>` tags, its points in
 * thousandths of the screen. `Type` replaces the text of the field with the focus. The grammar has no
 * Enter, and cannot say that a task is infeasible. What asks a person (`Take_over`, `Interact`) or
 * another model (`Call_API`) is refused: nobody is there.
 *
 * Source: zai-org/Open-AutoGLM, phone_agent/config/prompts_zh.py and prompts_en.py,
 * phone_agent/actions/handler.py, phone_agent/model/client.py.
 */
export const openAutoGlm: ActionCodec = {
  name,
  coordinates: "point",
  grid: (): Size => ({ ...thousandths.span }),
  parse(text: string, screen: CodecScreen): ParsedAction {
    const { thinking, answer } = splitThinking(text);
    const found = findCode(answer, Object.keys(functions), frame);
    if (!found.ok) return found;
    const { name: call, fields } = namedArguments(found.statement, functions);
    const action: Reading<Action> =
      call === "finish"
        ? { type: "finish", status: "complete", message: fields.text("message") ?? "" }
        : readDo(fields, screen);
    if (typeof action === "string") return { ok: false, reason: `${found.code}: ${action}` };
    const thought = thinking === "" ? found.thought.replace(/^<think>\s*/u, "") : thinking;
    return { ok: true, action, thought, code: found.code };
  },
  format(action: Action, screen: CodecScreen): string {
    return formatAction(action, new Places(name, screen, thousandths));
  },
  formatReply({ thought, action }: Reply, screen: CodecScreen): string {
    return `<think>${thought}</think>\n<answer>${this.format(action, screen)}</answer>`;
  },
};

const frame: Frame = { label: "Action", tags: [["<answer>", "</answer>"]] };

/** Functions and their parameters, in the order in which they may be given without a name. */
const functions = {
  do: ["action", "element", "text"],
  finish: ["message"],
} as const;

const verbs = [
  "Launch",
  "Tap",
  "Type",
  "Type_Name",
  "Swipe",
  "Long Press",
  "Double Tap",
  "Back",
  "Home",
  "Wait",
  "Note",
  "Take_over",
  "Interact",
  "Call_API",
] as const;

/** What a wait without a duration waits. */
const defaultWaitMs = 1000;

function readDo(fields: Fields, screen: CodecScreen): Reading<Action> {
  const written = fields.text("action") ?? "";
  const verb = verbs.find((one) => loose(one) === loose(written));
  switch (verb) {
    case undefined:
      return `there is no action ${JSON.stringify(written)}; there are ${verbs.join(", ")}`;
    case "Tap":
    case "Long Press":
    case "Double Tap": {
      const target = readPoint(fields, "element", screen);
      if (typeof target === "string") return target;
      return {
        type: ({ Tap: "tap", "Long Press": "longPress", "Double Tap": "doubleTap" } as const)[verb],
        target,
      };
    }
    case "Swipe": {
      const target = readPoint(fields, "start", screen);
      if (typeof target === "string") return target;
      const to = readPoint(fields, "end", screen);
      if (typeof to === "string") return to;
      return { type: "swipe", direction: mainDirection({ from: target, to }), target, to };
    }
    case "Type":
    case "Type_Name": {
      const text = fields.text("text");
      return text === undefined ? `${verb} needs text` : { type: "inputText", text };
    }
    case "Launch": {
      const app = fields.name("app");
      return app === undefined ? "Launch needs app, the name of an app" : { type: "openApp", app };
    }
    case "Back":
      return { type: "press", key: "back" };
    case "Home":
      return { type: "press", key: "home" };
    case "Wait":
      return { type: "wait", ms: fields.milliseconds("duration") ?? defaultWaitMs };
    case "Note": {
      // The trained value, "True", says that the page is noted, but not what of it.
      const content = fields.name("message");
      if (content !== undefined && loose(content) !== "true") return { type: "quote", content };
      return "Note needs message, the words to remember";
    }
    case "Take_over":
    case "Interact":
      return "nobody is there to ask; choose by yourself, or end with finish(message=…)";
    case "Call_API":
      return "no other model is there to call; do it yourself, and tell the result with finish(message=…)";
  }
}

function readPoint(fields: Fields, field: string, screen: CodecScreen): Reading<PointTarget> {
  const value = fields.get(field);
  return value === undefined ? `${field} is missing: ${field}=[x, y]` : readPlace(value, thousandths, screen);
}

function formatAction(action: Action, places: Places): string {
  switch (action.type) {
    case "tap":
      return `do(action="Tap", element=${point(places.point(action.type, action.target))})`;
    case "doubleTap":
      return `do(action="Double Tap", element=${point(places.point(action.type, action.target))})`;
    case "longPress":
      return `do(action="Long Press", element=${point(places.point(action.type, action.target))})`;
    case "inputText":
      places.requireFocus(action.target);
      return `do(action="Type", text=${JSON.stringify(action.text)})`;
    case "press":
      if (action.key !== "back" && action.key !== "home") break;
      return `do(action="${action.key === "back" ? "Back" : "Home"}")`;
    case "scroll":
    case "swipe": {
      const { from, to } = places.stroke(action);
      return `do(action="Swipe", start=${point(from)}, end=${point(to)})`;
    }
    case "openApp":
      return `do(action="Launch", app=${JSON.stringify(action.app)})`;
    case "wait":
      return `do(action="Wait", duration="${action.ms / 1000} seconds")`;
    case "finish":
      if (action.status === "infeasible") break;
      return `finish(message=${JSON.stringify(action.message)})`;
    case "quote":
    case "answer":
    case "callApi":
      break;
  }
  throw notExpressible(name, action.type, "it has no words for it");
}

function point([x, y]: [number, number]): string {
  return `[${x},${y}]`;
}
