import { type Action, type Call, findCode, splitThinking } from "../../action/index.ts";
import type { Screen } from "../../screen/index.ts";
import type { ReadReply } from "../recording.ts";
import { labAction } from "./action.ts";

/** Functions of AndroidLab's prompts, and their parameters in order. `do` is told which by `action`. */
const functions: Readonly<Record<string, readonly string[]>> = {
  do: ["action", "element"],
  finish: ["message"],
  tap: ["element"],
  text: ["text"],
  type: ["text"],
  long_press: ["element"],
  swipe: ["element", "direction", "dist"],
  back: [],
  home: [],
  enter: [],
  wait: ["interval"],
  launch: ["app_name"],
};

/**
 * Reads a reply in AndroidLab's grammars: `do(action="Tap", element=[x1, y1, x2, y2])` of its text agents, `tap(5)` of
 * those that saw pictures. A number on a picture, and the package of an app's name, are known to its recorder alone:
 * there the recorded one is taken, and only the rest of the reply is compared.
 */
export function readLabReply(reply: string, screen: Screen, recorded: Action | undefined): ReadReply {
  const found = findCode(splitThinking(reply).answer, Object.keys(functions), { label: "Action" });
  if (!found.ok) return found;
  const { name, args } = argumentsOf(found.statement);
  const numbered = typeof args["element"] === "number";
  const action = labAction(name, numbered ? { ...args, element: [0, 0] } : args, screen);
  if (action === undefined) return { ok: false, reason: `${found.code}: this is none of its actions` };
  return { ok: true, action: withRecorded(action, numbered, recorded), thought: found.thought };
}

function argumentsOf(call: Call): { name: string; args: Record<string, unknown> } {
  const bare = (name: string) => name.toLowerCase().replaceAll("_", "");
  const known = Object.keys(functions).find((name) => bare(name) === bare(call.name)) ?? call.name;
  const args: Record<string, unknown> = Object.fromEntries(call.named);
  for (const [i, value] of call.positional.entries()) {
    const name = functions[known]?.[i];
    if (name !== undefined) args[name] ??= value;
  }
  if (known !== "do") return { name: known === "text" ? "type" : known, args };
  return { name: typeof args["action"] === "string" ? args["action"] : "", args };
}

function withRecorded(action: Action, numbered: boolean, recorded: Action | undefined): Action {
  if (recorded?.type !== action.type) return action;
  if (action.type === "openApp" && recorded.type === "openApp") return recorded;
  if (numbered && "target" in action && "target" in recorded && recorded.target !== undefined) {
    return { ...action, target: recorded.target };
  }
  return action;
}
