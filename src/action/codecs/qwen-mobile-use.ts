import type { Action, Key } from "../action.ts";
import type { ActionCodec, CodecScreen, ParsedAction, Reply } from "../codec.ts";
import { mainDirection, type Size } from "../place/geometry.ts";
import { type Grid, pixelsOf, readPlace } from "../place/grid.ts";
import { smartResize } from "../place/smart-resize.ts";
import { type CallObject, parseObject } from "../read/call-parser.ts";
import { Fields, loose, type Reading } from "../read/fields.ts";
import { findObject } from "../read/find-object.ts";
import { type Frame, splitThinking } from "../read/regions.ts";
import { safely } from "./safely.ts";
import { labelled, lines, notExpressible, Places, spacedJson } from "./writing.ts";

/**
 * The tool `mobile_use` of Qwen-VL, called as its chat template writes calls. Qwen2.5-VL counts the pixels
 * of the picture as its processor resizes it; Qwen3-VL counts from 0 to 999, whatever the picture.
 * Qwen2.5-VL has no `answer`. Text goes where the focus is. The system button Menu is the list of recent apps.
 *
 * Source: QwenLM/Qwen2.5-VL and QwenLM/Qwen3-VL, cookbooks/utils/agent_function_call.py and
 * cookbooks/mobile_agent.ipynb.
 */
export const qwen25Vl = mobileUse("qwen2.5-vl");
export const qwen3Vl = mobileUse("qwen3-vl");

type Name = "qwen2.5-vl" | "qwen3-vl";

const tags = ["<tool_call>", "</tool_call>"] as const;
const frame: Frame = { label: "Action", thoughtLabel: "Thought", tags: [tags] };
const form = '<tool_call>{"name": "mobile_use", "arguments": {"action": …}}</tool_call>';

/** As long as the drivers press. */
const longPressSeconds = 1;
/** What a wait without a time waits. */
const defaultWaitMs = 2000;

const actions = [
  "key",
  "click",
  "long_press",
  "swipe",
  "type",
  "answer",
  "system_button",
  "open",
  "wait",
  "terminate",
] as const;
type ActionName = (typeof actions)[number];

const buttons: Record<Key, string> = { back: "Back", home: "Home", recents: "Menu", enter: "Enter" };

/** Names of `adb shell input keyevent`, without their prefix. */
const keys: Record<string, Key> = {
  back: "back",
  home: "home",
  menu: "recents",
  appswitch: "recents",
  recents: "recents",
  enter: "enter",
};

function gridOf(name: Name, screen: Size): Grid {
  if (name === "qwen2.5-vl") return pixelsOf(smartResize(screen.width, screen.height));
  const span = { width: 999, height: 999 };
  return { span, last: span };
}

function mobileUse(name: Name): ActionCodec {
  return {
    name,
    coordinates: "point",
    grid: (screen: Size): Size => gridOf(name, screen).span,
    parse(text: string, screen: CodecScreen): ParsedAction {
      return safely(() => {
        const { answer } = splitThinking(text);
        const call = findObject(answer, ["arguments"], form, frame);
        const found = call.ok ? call : findObject(answer, ["action"], form, frame);
        if (!found.ok) return found;
        const fields = fieldsOf(found.statement);
        const action = typeof fields === "string" ? fields : readAction(fields, gridOf(name, screen), screen);
        if (typeof action === "string") return { ok: false, reason: `${found.code}: ${action}` };
        return { ok: true, action, thought: thoughtIn(found.thought), code: found.code };
      });
    },
    format(action: Action, screen: CodecScreen): string {
      const places = new Places(name, screen, gridOf(name, screen));
      const call = { name: "mobile_use", arguments: argumentsOf(name, action, places) };
      return `${tags[0]}\n${spacedJson(call)}\n${tags[1]}`;
    },
    formatReply({ thought, thinking, action }: Reply, screen: CodecScreen): string {
      const call = this.format(action, screen);
      if (name === "qwen2.5-vl") return lines(thought, call);
      // Its chat template puts an empty line between thinking and answer.
      const think = thinking === undefined ? "" : `<think>\n${thinking}\n</think>\n`;
      return lines(think, labelled("Thought", thought), `Action: ${inWords(action)}`, call);
    },
  };
}

/** The arguments of a call, which may be JSON within a string, or stand where the call should. */
function fieldsOf(call: CallObject): Reading<Fields> {
  const given = new Fields(Object.entries(call));
  const value = given.get("arguments") ?? call;
  if (typeof value === "object" && !Array.isArray(value)) {
    const named = given.name("name");
    const entries = Object.entries(value);
    const action = entries.some(([key]) => loose(key) === "action");
    return new Fields(action || named === undefined ? entries : [...entries, ["action", named]]);
  }
  const inner = typeof value === "string" ? parseObject(value.trim(), 0) : undefined;
  if (inner?.ok !== true) return "the arguments of mobile_use are {…}";
  return new Fields(Object.entries(inner.value));
}

function readAction(fields: Fields, grid: Grid, screen: CodecScreen): Reading<Action> {
  const written = fields.text("action") ?? "";
  const name = actions.find((one) => loose(one) === loose(written));
  switch (name) {
    case undefined:
      return `there is no action ${JSON.stringify(written)}; there are ${actions.join(", ")}`;
    case "click":
    case "long_press": {
      if (fields.get("coordinate") === undefined) return needs(name, "coordinate, [x, y]");
      const target = readPlace(fields.get("coordinate"), grid, screen);
      if (typeof target === "string") return target;
      return { type: name === "click" ? "tap" : "longPress", target };
    }
    case "swipe":
      return readSwipe(fields, grid, screen);
    case "type": {
      const text = fields.text("text");
      return text === undefined ? needs(name, "text") : { type: "inputText", text };
    }
    case "answer": {
      const text = fields.text("text");
      return text === undefined ? needs(name, "text") : { type: "answer", text };
    }
    case "key":
      return readKey(name, fields.text("text") ?? "");
    case "system_button":
      return readKey(name, fields.text("button") ?? "");
    case "open": {
      const app = fields.name("text", "app", "app_name");
      return app === undefined ? needs(name, "text, the name of an app") : { type: "openApp", app };
    }
    case "wait":
      return { type: "wait", ms: fields.milliseconds("time") ?? defaultWaitMs };
    case "terminate": {
      const status = loose(fields.text("status") ?? "");
      if (status !== "success" && status !== "failure") return needs(name, 'status, "success" or "failure"');
      const message = fields.text("text", "message") ?? "";
      return { type: "finish", status: status === "success" ? "complete" : "infeasible", message };
    }
  }
}

function readSwipe(fields: Fields, grid: Grid, screen: CodecScreen): Reading<Action> {
  const [begin, end] = [fields.get("coordinate"), fields.get("coordinate2")];
  if (begin === undefined || end === undefined)
    return needs("swipe", "coordinate and coordinate2, [x, y] each");
  const target = readPlace(begin, grid, screen);
  if (typeof target === "string") return target;
  const to = readPlace(end, grid, screen);
  if (typeof to === "string") return to;
  return { type: "swipe", direction: mainDirection({ from: target, to }), target, to };
}

function readKey(name: ActionName, written: string): Reading<Action> {
  const key = keys[loose(written).replace(/^keycode/u, "")];
  if (key !== undefined) return { type: "press", key };
  return `${name} can press ${Object.values(buttons).join(", ")}, not ${JSON.stringify(written)}`;
}

function needs(name: ActionName, what: string): string {
  return `${name} needs ${what}`;
}

/** The thought, without the line for people that names the action; that line where it is all there is. */
function thoughtIn(before: string): string {
  const line = before.lastIndexOf("\nAction:");
  const thought = line < 0 ? before : before.slice(0, line);
  return thought.replace(/^Action:\s*/u, "").trim();
}

function argumentsOf(codec: Name, action: Action, places: Places): Record<string, unknown> {
  switch (action.type) {
    case "tap":
      return { action: "click", coordinate: places.point(action.type, action.target) };
    case "longPress":
      return {
        action: "long_press",
        coordinate: places.point(action.type, action.target),
        time: longPressSeconds,
      };
    case "inputText":
      places.requireFocus(action.target);
      return { action: "type", text: action.text };
    case "press":
      return { action: "system_button", button: buttons[action.key] };
    case "scroll":
    case "swipe": {
      const { from, to } = places.stroke(action);
      return { action: "swipe", coordinate: from, coordinate2: to };
    }
    case "openApp":
      return { action: "open", text: action.app };
    case "wait":
      return { action: "wait", time: action.ms / 1000 };
    case "answer":
      if (codec === "qwen2.5-vl") break;
      return { action: "answer", text: action.text };
    case "finish":
      return { action: "terminate", status: action.status === "complete" ? "success" : "failure" };
    case "doubleTap":
    case "quote":
    case "callApi":
      break;
  }
  throw notExpressible(codec, action.type, "it has no words for it");
}

/** The line of Qwen3-VL's replies that says for people what the call does. */
function inWords(action: Action): string {
  switch (action.type) {
    case "inputText":
      return `Type ${JSON.stringify(action.text)} into the field.`;
    case "press":
      return `Press ${buttons[action.key]}.`;
    case "scroll":
      return `Scroll ${action.direction}.`;
    case "swipe":
      return `Swipe ${action.direction}.`;
    case "openApp":
      return `Open ${JSON.stringify(action.app)}.`;
    case "wait":
      return "Wait for the screen to change.";
    case "longPress":
      return "Press this place for long.";
    case "answer":
      return "Answer the user.";
    case "finish":
      return "End the task.";
    case "tap":
      return "Click this place.";
    case "doubleTap":
    case "quote":
    case "callApi":
      throw notExpressible("qwen3-vl", action.type, "it has no words for it");
  }
}
