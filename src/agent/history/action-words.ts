import type { Action } from "../../action/index.ts";
import type { Element, Screen } from "../../screen/index.ts";

/** Characters of a name or a text that are told. */
const longest = 40;

/**
 * An action in a few words, for a round that is long over: its element by name, since numbers mean nothing on
 * another screen. Names and texts are JSON strings, so that the whole is one line.
 */
export function actionWords(action: Action, screen: Pick<Screen, "elements">): string {
  const on = "target" in action && action.target !== undefined ? ` ${targetName(action.target, screen)}` : "";
  switch (action.type) {
    case "tap":
      return `Click${on}`;
    case "doubleTap":
      return `Double Tap${on}`;
    case "longPress":
      return `Long Press${on}`;
    case "inputText":
      return `Input Text ${short(action.text)}${on === "" ? "" : ` into${on}`}`;
    case "press":
      return {
        enter: "Press Enter",
        home: "Navigate Home",
        back: "Navigate Back",
        recents: "Navigate Recents",
      }[action.key];
    case "scroll":
      return `Scroll ${action.direction}${on === "" ? "" : ` in${on}`}`;
    case "swipe":
      return action.to === undefined
        ? `Swipe ${action.direction}${on === "" ? "" : ` on${on}`}`
        : `Swipe from${on} to ${targetName(action.to, screen)}`;
    case "openApp":
      return `open_app ${short(action.app)}`;
    case "wait":
      return "Wait";
    case "quote":
      return `quote ${short(action.content)}`;
    case "answer":
      return `answer ${short(action.text)}`;
    case "finish":
      return `exit ${short(action.message)}`;
    case "callApi":
      return `call_api ${short(action.name)} ${short(JSON.stringify(action.args))}`;
  }
}

type Target = Extract<Action, { type: "tap" }>["target"];

function targetName(target: Target, screen: Pick<Screen, "elements">): string {
  if (target.kind === "point") return `the point ${Math.round(target.x)},${Math.round(target.y)}`;
  const element = screen.elements.find(({ index }) => index === target.index);
  return element === undefined ? "an element that was not there" : elementName(element);
}

function elementName({ text, description, hint, label, resourceId, className }: Element): string {
  const words = text || description || hint || (label ?? "");
  if (words !== "") return short(words);
  const name = resourceId === "" ? className.split(".").at(-1)! : resourceId.split("/").at(-1)!;
  return `the ${short(name)}`;
}

function short(words: string): string {
  // A pair of surrogates is not cut in two.
  const start = words.length > longest ? words.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, "") : words;
  const cut = start.length < words.length ? `${start}…` : words;
  // JSON leaves these three, which many readers take for line ends, as they are.
  return JSON.stringify(cut).replaceAll(/[\u0085\u2028\u2029]/gu, " ");
}
