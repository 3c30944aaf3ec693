import type { Action, Target } from "../action.ts";
import type { ActionCodec, CodecScreen, ParsedAction, Reply } from "../codec.ts";
import { opposite, type Size } from "../place/geometry.ts";
import { readPlace, thousandths } from "../place/grid.ts";
import { Fields } from "../read/fields.ts";
import { findObject } from "../read/find-object.ts";
import { type Frame, splitThinking } from "../read/regions.ts";
import { type Dialect, keyTypes, placelessFields, readAndroidJson } from "./android-json.ts";
import { labelled, lines, notExpressible, Places } from "./writing.ts";

/**
 * The mobile agents of GLM-V: AndroidWorld's JSON with boxes in thousandths of the screen, from 0 to 999,
 * in place of element numbers, and a swipe that names where the finger goes in place of a scroll. The
 * reply holds memory, reason and action, and marks the action with the tokens for a box.
 *
 * `input_text` with `override` replaces what the field holds. These models are told that Enter follows
 * each text; here that is left to `keyboard_enter`. A point is written as a box without width and height.
 *
 * Source: zai-org/GLM-V, examples/gui-agent/glm-41v/agent.md and glm-45v/agent.md,
 * glmv_reward/scripts/gui_agent/AndroidWorld.py.
 */
export const glm41v = glmBoxes("glm-4.1v");
export const glm45v = glmBoxes("glm-4.5v");

const box = ["<|begin_of_box|>", "<|end_of_box|>"] as const;
const frame: Frame = { label: "Action", thoughtLabel: "Reason", tags: [box] };

function glmBoxes(name: "glm-4.1v" | "glm-4.5v"): ActionCodec {
  return {
    name,
    coordinates: "box",
    grid: (): Size => ({ ...thousandths.span }),
    parse(text: string, screen: CodecScreen): ParsedAction {
      const found = findObject(splitThinking(text).answer, ["action_type"], '{"action_type": …}', frame);
      if (!found.ok) return found;
      const action = readAndroidJson(new Fields(Object.entries(found.statement)), dialectFor(screen));
      if (typeof action === "string") return { ok: false, reason: `${found.code}: ${action}` };
      return { ok: true, action, thought: reasonIn(found.thought), code: found.code };
    },
    format(action: Action, screen: CodecScreen): string {
      return boxJson(fieldsOf(name, action, new Places(name, screen, thousandths)));
    },
    formatReply({ thought, thinking, action }: Reply, screen: CodecScreen): string {
      const answer = lines(
        ...(/^Memory\s*:/u.test(thought) ? [thought] : ["Memory: None", labelled("Reason", thought)]),
        `Action: ${box[0]}${this.format(action, screen)}${box[1]}`,
      );
      // GLM-4.1V always thinks; GLM-4.5V writes empty tags where it does not.
      return name === "glm-4.1v"
        ? `<think>${thinking ?? thought}</think><answer>${answer}</answer>`
        : `<think>${thinking ?? ""}</think>\n${answer}`;
    },
  };
}

function dialectFor(screen: CodecScreen): Dialect {
  return {
    targetForm: "box_2d, [[left, top, right, bottom]] from 0 to 999",
    finger: (named) => named,
    target(fields) {
      const place = fields.get("box_2d", "box", "bbox_2d");
      // A swipe of the whole screen may come with an empty box.
      if (place === undefined || (Array.isArray(place) && place.flat().length === 0)) return undefined;
      return readPlace(place, thousandths, screen);
    },
  };
}

/** The reason alone, where there is nothing to remember; else both, as the model wrote them. */
function reasonIn(thought: string): string {
  return thought
    .replace(/^<answer>\s*/u, "")
    .replace(/^Memory\s*[:：]\s*(?:None|N\/A|无)?\.?\s*(?:Reason\s*[:：]\s*|$)/iu, "")
    .trim();
}

type BoxFields = Record<string, string | boolean | number[][]>;

function fieldsOf(name: string, action: Action, places: Places): BoxFields {
  const at = (target: Target): BoxFields => ({ box_2d: [places.box(action.type, target)] });
  switch (action.type) {
    case "tap":
      return { action_type: "click", ...at(action.target) };
    case "longPress":
      return { action_type: "long_press", ...at(action.target) };
    case "inputText": {
      const target = action.target ?? places.focus;
      if (target === undefined)
        throw notExpressible(name, action.type, "it needs the box of a field, and none has the focus");
      return { action_type: "input_text", text: action.text, ...at(target), override: true };
    }
    case "press":
      if (action.key === "recents") break;
      return { action_type: keyTypes[action.key] };
    case "scroll":
      return {
        action_type: "swipe",
        direction: opposite[action.direction],
        ...(action.target && at(action.target)),
      };
    case "swipe":
      if (action.to !== undefined)
        throw notExpressible(name, action.type, "its swipes end nowhere in particular");
      return { action_type: "swipe", direction: action.direction, ...(action.target && at(action.target)) };
    case "openApp":
    case "wait":
    case "answer":
    case "finish":
      return placelessFields(action);
    case "doubleTap":
    case "quote":
    case "callApi":
      break;
  }
  throw notExpressible(name, action.type, "it has no words for it");
}

/** As the family writes it: spaces between fields, none inside a box. */
function boxJson(fields: BoxFields): string {
  return `{${Object.entries(fields)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(", ")}}`;
}
