import type { Action, Target } from "../../action/index.ts";
import { type Place, quoted } from "../defect.ts";
import { isDirection } from "../direction.ts";
import type { RecordedAction } from "../recording.ts";
import { unknownAction } from "../unknown-action.ts";
import { parsedAction } from "./record.ts";

/** The verbs as the prompt teaches them, by how the recorder may have spelt them. */
const verbs = new Map(
  [
    "Click",
    "Long Press",
    "Input Text",
    "Press Enter",
    "Navigate Home",
    "Navigate Back",
    "Scroll",
    "Swipe",
    "Wait",
  ].map((verb) => [bare(verb), verb]),
);

/** The recorder wrote what it had done, not what it was told: `Input_text`, and no arguments for Home and Back. */
export function readParsedAction(value: unknown, place: Place): RecordedAction {
  const parsed = parsedAction.safeParse(value);
  if (!parsed.success) return unknownAction(value, place);
  const { operation, action } = parsed.data;
  const kwargs = parsed.data.kwargs ?? {};
  const text = (name: string) => (typeof kwargs[name] === "string" ? kwargs[name] : undefined);
  switch (operation) {
    case "open_app": {
      const app = text("app_name");
      return app === undefined ? unknownAction(value, place) : { action: { type: "openApp", app } };
    }
    case "quote": {
      const content = text("content");
      return content === undefined ? unknownAction(value, place) : { action: { type: "quote", content } };
    }
    case "exit":
      return { action: { type: "finish", status: "complete", message: text("message") ?? "" } };
    case "fail":
      return { refusal: refusalOf(text("message") ?? "") };
    case "do":
      return readVerb(action ?? "", kwargs, place) ?? unknownAction(value, place);
    default:
      return unknownAction(value, place);
  }
}

function readVerb(
  recorded: string,
  kwargs: Record<string, unknown>,
  place: Place,
): RecordedAction | undefined {
  const verb = verbs.get(bare(recorded));
  if (verb === undefined) return undefined;
  if (verb !== recorded)
    place.defect("verb-spelling", `the verb is spelt ${quoted(recorded)}`, `read as ${quoted(verb)}`);
  const target = targetOf(kwargs["element_id"]);
  const action = actionOf(verb, kwargs, target);
  if (action === undefined) return undefined;
  return "target" in action || !mayHaveTarget(action) ? { action } : { action, missing: ["target"] };
}

function actionOf(
  verb: string,
  kwargs: Record<string, unknown>,
  target: Target | undefined,
): Action | undefined {
  const aimed = target === undefined ? {} : { target };
  switch (verb) {
    case "Click":
      return target === undefined ? undefined : { type: "tap", target };
    case "Long Press":
      return target === undefined ? undefined : { type: "longPress", target };
    case "Input Text": {
      const { text } = kwargs;
      return typeof text === "string" ? { type: "inputText", text, ...aimed } : undefined;
    }
    case "Press Enter":
      return { type: "press", key: "enter" };
    case "Navigate Home":
      return { type: "press", key: "home" };
    case "Navigate Back":
      return { type: "press", key: "back" };
    case "Wait":
      // The original waits one second, whatever it is told.
      return { type: "wait", ms: 1000 };
    default: {
      const { direction } = kwargs;
      if (!isDirection(direction)) return undefined;
      return { type: verb === "Scroll" ? "scroll" : "swipe", direction, ...aimed };
    }
  }
}

function mayHaveTarget({ type }: Action): boolean {
  return type === "inputText" || type === "scroll" || type === "swipe";
}

function targetOf(id: unknown): Target | undefined {
  const index = typeof id === "string" && /^\d+$/u.test(id) ? Number(id) : id;
  return Number.isSafeInteger(index) ? { kind: "element", index: index as number } : undefined;
}

function bare(verb: string): string {
  return verb.toLowerCase().replaceAll(/[\s_]+/gu, "");
}

/** The original's objections, by the rules of ours that object to the same. */
const rules: readonly [RegExp, string][] = [
  [/is not a number/u, "grammar"],
  [/not found in the current page/u, "element-on-screen"],
  [/can not be empty/u, "text-not-empty"],
  [/can not be found/u, "app-installed"],
  [/Invalid (?:scroll|swipe) direction/u, "grammar"],
];

function refusalOf(message: string) {
  const rule = rules.find(([pattern]) => pattern.test(message))?.[1] ?? "recorded";
  return { rule, reason: message };
}
