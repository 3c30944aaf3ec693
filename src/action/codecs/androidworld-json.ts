import type { Action, Direction, Target } from "../action.ts";
import type { ActionCodec, CodecScreen, ParsedAction, Reply } from "../codec.ts";
import { opposite, type Size } from "../place/geometry.ts";
import { pixelsOf, readPlace } from "../place/grid.ts";
import { Fields, type Reading } from "../read/fields.ts";
import { findObject } from "../read/find-object.ts";
import { splitThinking } from "../read/regions.ts";
import { type Dialect, keyTypes, placelessFields, readAndroidJson } from "./android-json.ts";
import { labelled, lines, notExpressible, Places, spacedJson } from "./writing.ts";

const name = "androidworld-json";

/**
 * The JSON actions of AndroidWorld, by the number of an element or by x and y in pixels, and the reply
 * of its agent M3A: `Reason: … Action: {…}`.
 *
 * A scroll names where the view moves, as ours does. A swipe up or down names where the finger goes;
 * left and right are the other way round there, and are turned here. AndroidWorld presses Enter after
 * each text; here that is left to `keyboard_enter`.
 *
 * Source: google-research/android_world, android_world/env/{json_action,actuation}.py and agents/m3a.py.
 */
export const androidWorldJson: ActionCodec = {
  name,
  coordinates: "element",
  grid: ({ width, height }: Size): Size => ({ width, height }),
  parse(text: string, screen: CodecScreen): ParsedAction {
    const form = '{"action_type": …}';
    const frame = { label: "Action", thoughtLabel: "Reason" };
    const found = findObject(splitThinking(text).answer, ["action_type"], form, frame);
    if (!found.ok) return found;
    const action = readAndroidJson(new Fields(Object.entries(found.statement)), dialectFor(screen));
    if (typeof action === "string") return { ok: false, reason: `${found.code}: ${action}` };
    return { ok: true, action, thought: found.thought, code: found.code };
  },
  format(action: Action, screen: CodecScreen): string {
    return spacedJson(fieldsOf(action, new Places(name, screen, pixelsOf(screen))));
  },
  formatReply({ thought, action }: Reply, screen: CodecScreen): string {
    return lines(labelled("Reason", thought), `Action: ${this.format(action, screen)}`);
  },
};

function dialectFor(screen: CodecScreen): Dialect {
  return {
    targetForm: "index, the number of an element, or x and y",
    finger: turned,
    target(fields: Fields): Reading<Target | undefined> {
      const index = fields.text("index");
      const [x, y] = [fields.get("x"), fields.get("y")];
      if (index === undefined) {
        return x === undefined && y === undefined
          ? undefined
          : readPlace([x ?? null, y ?? null], pixelsOf(screen), screen);
      }
      if (x !== undefined || y !== undefined) return "either index or x and y say where, not both";
      const digits = /^\s*\[?\s*(\d{1,9})(?:\.0)?\s*\]?\s*$/u.exec(index)?.[1];
      if (digits === undefined) return `index is the number of an element, not ${JSON.stringify(index)}`;
      return { kind: "element", index: Number(digits) };
    },
  };
}

/** A swipe's word and the way of its finger, either from the other. */
function turned(direction: Direction): Direction {
  return direction === "left" || direction === "right" ? opposite[direction] : direction;
}

function fieldsOf(action: Action, places: Places): Record<string, string | number> {
  switch (action.type) {
    case "tap":
      return { action_type: "click", ...where(action.type, action.target, places) };
    case "doubleTap":
      return { action_type: "double_tap", ...where(action.type, action.target, places) };
    case "longPress":
      return { action_type: "long_press", ...where(action.type, action.target, places) };
    case "inputText":
      return {
        action_type: "input_text",
        text: action.text,
        ...(action.target && where(action.type, action.target, places)),
      };
    case "press":
      if (action.key === "recents") break;
      return { action_type: keyTypes[action.key] };
    case "scroll":
      return {
        action_type: "scroll",
        direction: action.direction,
        ...scrolled(action.target, action, places),
      };
    case "swipe":
      if (action.to !== undefined)
        throw notExpressible(name, action.type, "its swipes end nowhere in particular");
      if (action.target === undefined) return { action_type: "swipe", direction: turned(action.direction) };
      // Its swipes cross the screen; a scroll is its only stroke that begins on an element.
      return {
        action_type: "scroll",
        direction: opposite[action.direction],
        ...scrolled(action.target, action, places),
      };
    case "openApp":
    case "wait":
    case "answer":
    case "finish":
      return placelessFields(action);
    case "quote":
    case "callApi":
      break;
  }
  throw notExpressible(name, action.type, "it has no words for it");
}

function where(type: Action["type"], target: Target, places: Places): Record<string, number> {
  const [x, y] = places.point(type, target);
  return target.kind === "element" ? { index: target.index } : { x, y };
}

function scrolled(target: Target | undefined, action: Action, places: Places): Record<string, number> {
  if (target === undefined) return {};
  if (target.kind === "point") throw notExpressible(name, action.type, "it scrolls elements, not points");
  return where(action.type, target, places);
}
