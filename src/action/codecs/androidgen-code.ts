import type { Action, Target } from "../action.ts";
import type { ActionCodec, ParsedAction, Reply } from "../codec.ts";
import type { Size } from "../place/geometry.ts";
import type { Call, CallValue } from "../read/call-parser.ts";
import { directions, loose, type Reading, words } from "../read/fields.ts";
import { findCode } from "../read/find-code.ts";
import { splitThinking } from "../read/regions.ts";
import { formatAction } from "./androidgen-words.ts";

/**
 * AndroidGen's one-line code (ACL 2025, appendix): `open_app(app_name=…)`, `do(action=…)` with nine
 * verbs, `quote(content=…)`, `exit(message=…)`.
 *
 * So that every action can be written, this grammar adds: the verbs `Double Tap` and
 * `Navigate Recents`; `point=[x, y]` in pixels in place of `element_id`; for `Swipe` a place to end at,
 * `to="7"` or `to=[x, y]`; `seconds=` for `Wait`; `answer(content=…)`; `status="infeasible"` for
 * `exit`; `call_api(name=…, args={…})`.
 */
export const androidGenCode = {
  name: "androidgen-code",
  coordinates: "element",
  grid: ({ width, height }: Size): Size => ({ width, height }),
  parse(text: string): ParsedAction {
    const found = findCode(splitThinking(text).answer, functionNames, { label: "Operation" });
    if (!found.ok) return found;
    const read = readCall(found.statement);
    if (typeof read === "string") return { ok: false, reason: `${found.code}: ${read}` };
    return { ok: true, action: read, thought: found.thought, code: found.code } satisfies ParsedAction;
  },
  format(action: Action): string {
    return formatAction(action);
  },
  formatReply({ thought, action }: Reply): string {
    const code = `Operation:\n\`\`\`\n${formatAction(action)}\n\`\`\``;
    return thought === "" ? code : `${thought}\n${code}`;
  },
} satisfies ActionCodec;

/** Seconds that `do(action="Wait")` waits. */
const defaultWaitSeconds = 1;

/** Functions and their parameters, in the order in which they may be given without a name. */
const functions = {
  do: ["action", "element_id", "text", "direction", "point", "seconds", "to"],
  open_app: ["app_name"],
  quote: ["content"],
  answer: ["content"],
  exit: ["message", "status"],
  call_api: ["name", "args"],
} as const;

type FunctionName = keyof typeof functions;
const functionNames = Object.keys(functions) as FunctionName[];

const verbs = [
  "Click",
  "Double Tap",
  "Long Press",
  "Input Text",
  "Press Enter",
  "Navigate Home",
  "Navigate Back",
  "Navigate Recents",
  "Scroll",
  "Swipe",
  "Wait",
] as const;
type Verb = (typeof verbs)[number];

/** Arguments by name; an absent one and one that is `None` are the same. */
type Arguments = Map<string, Exclude<CallValue, null>>;

function readCall(call: Call): Reading<Action> {
  const name = functionNames.find((candidate) => loose(candidate) === loose(call.name))!;
  const args = bindArguments(name, call);
  if (typeof args === "string") return args;
  switch (name) {
    case "do":
      return readDo(args);
    case "open_app": {
      const app = words(args.get("app_name"))?.trim();
      if (app === undefined || app === "") return "open_app needs app_name, the name of an app";
      return { type: "openApp", app };
    }
    case "quote": {
      const content = words(args.get("content"));
      return content === undefined ? "quote needs content" : { type: "quote", content };
    }
    case "answer": {
      const text = words(args.get("content"));
      return text === undefined ? "answer needs content" : { type: "answer", text };
    }
    case "exit": {
      const message = words(args.get("message")) ?? "";
      const status = loose(words(args.get("status")) ?? "complete");
      if (status !== "complete" && status !== "infeasible") {
        return 'the status of exit is "complete" or "infeasible"';
      }
      return { type: "finish", status, message };
    }
    case "call_api":
      return readApiCall(args);
  }
}

function bindArguments(name: FunctionName, call: Call): Reading<Arguments> {
  const parameters: readonly string[] = functions[name];
  const args: Arguments = new Map();
  const given = [
    ...call.positional.map((value, i) => [parameters[i] ?? `number ${i + 1}`, value] as const),
    ...call.named,
  ];
  const seen = new Set<string>();
  for (const [key, value] of given) {
    const parameter = parameters.find((candidate) => loose(candidate) === loose(key));
    if (parameter === undefined) {
      return `${name} has no argument ${key}; it takes ${parameters.join(", ")}`;
    }
    if (seen.has(parameter)) return `the argument ${parameter} is given twice`;
    seen.add(parameter);
    if (value !== null) args.set(parameter, value);
  }
  return args;
}

function readDo(args: Arguments): Reading<Action> {
  const written = words(args.get("action"));
  if (written === undefined) return `do needs action, one of ${verbs.join(", ")}`;
  const verb = verbs.find((candidate) => loose(candidate) === loose(written));
  if (verb === undefined) return `there is no action ${written}; there are ${verbs.join(", ")}`;
  const target = readTarget(args);
  if (typeof target === "string") return target;
  switch (verb) {
    case "Click":
      return target === undefined ? needsTarget(verb) : { type: "tap", target };
    case "Double Tap":
      return target === undefined ? needsTarget(verb) : { type: "doubleTap", target };
    case "Long Press":
      return target === undefined ? needsTarget(verb) : { type: "longPress", target };
    case "Input Text": {
      const text = words(args.get("text"));
      if (text === undefined) return "Input Text needs text";
      return { type: "inputText", text, ...(target && { target }) };
    }
    case "Press Enter":
      return { type: "press", key: "enter" };
    case "Navigate Home":
      return { type: "press", key: "home" };
    case "Navigate Back":
      return { type: "press", key: "back" };
    case "Navigate Recents":
      return { type: "press", key: "recents" };
    case "Scroll":
    case "Swipe": {
      const direction = directions.find((one) => one === loose(words(args.get("direction")) ?? ""));
      if (direction === undefined) return `${verb} needs direction, one of ${directions.join(", ")}`;
      if (verb === "Scroll") return { type: "scroll", direction, ...(target && { target }) };
      const to = readEnd(args, target);
      if (typeof to === "string") return to;
      return { type: "swipe", direction, ...(target && { target }), ...(to && { to }) };
    }
    case "Wait": {
      const seconds = Number(args.get("seconds") ?? defaultWaitSeconds);
      if (!Number.isFinite(seconds) || seconds < 0) return "the seconds of Wait are a number from 0";
      return { type: "wait", ms: Math.round(seconds * 1000) };
    }
  }
}

function needsTarget(verb: Verb): string {
  return `${verb} needs element_id, the number of an element on the screen`;
}

function readTarget(args: Arguments): Reading<Target | undefined> {
  const id = args.get("element_id");
  if (id !== undefined) return readElement("element_id", id);
  const point = args.get("point");
  return point === undefined ? undefined : readPoint("point", point);
}

/** Where a swipe ends: an element or a point. */
function readEnd(args: Arguments, begin: Target | undefined): Reading<Target | undefined> {
  const to = args.get("to");
  if (to === undefined) return undefined;
  if (begin === undefined) return "a Swipe with to needs element_id or point to begin at";
  return Array.isArray(to) ? readPoint("to", to) : readElement("to", to);
}

function readElement(name: string, id: CallValue): Reading<Target> {
  const digits = /^\s*\[?\s*(\d{1,9})\s*\]?\s*$/u.exec(String(words(id)))?.[1];
  if (digits === undefined) return `${name} is the number of an element, not ${JSON.stringify(id)}`;
  return { kind: "element", index: Number(digits) };
}

function readPoint(name: string, point: CallValue): Reading<Target> {
  if (!Array.isArray(point) || point.length !== 2 || !point.every(Number.isFinite)) {
    return `${name} is [x, y] in pixels, not ${JSON.stringify(point)}`;
  }
  return { kind: "point", x: point[0] as number, y: point[1] as number };
}

function readApiCall(args: Arguments): Reading<Action> {
  const name = words(args.get("name"))?.trim();
  if (name === undefined || name === "") return "call_api needs name";
  const given = args.get("args") ?? {};
  if (typeof given !== "object" || Array.isArray(given)) return "the args of call_api are {name: value, …}";
  const entries = Object.entries(given);
  for (const [key, value] of entries) {
    if (value === null || typeof value === "object") {
      return `the value of ${JSON.stringify(key)} in args is a string, a number or a truth value`;
    }
  }
  return { type: "callApi", name, args: Object.fromEntries(entries) as Record<string, string> };
}
