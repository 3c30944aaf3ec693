import { type Action, opposite } from "../../action/index.ts";
import { type Bounds, type Element, sameState, type Screen } from "../../screen/index.ts";
import { type AfterRule, describe, type Outcome, targetElement } from "./rule.ts";

/**
 * A touch, a scroll and a key change the screen. Only lists of elements are compared, and so what it says is that
 * the list is as before, not that nothing happened: a button may act on a picture alone. It says nothing of elements
 * that are known to change without a trace in the list, such as sliders whose value the driver does not tell, nor of
 * HOME, which may be where the agent was already.
 */
export const screenChanged: AfterRule = {
  name: "screen-changed",
  fault(outcome) {
    const { action, before, after } = outcome;
    if (after.elements.length === 0 || !sameState(before, after)) return undefined;
    switch (action.type) {
      case "tap":
      case "doubleTap":
      case "longPress":
        return afterTouch(outcome);
      case "scroll":
      case "swipe":
        return afterStroke(action, before);
      case "press":
        return action.key === "home" ? undefined : `after the key ${action.key}, ${sameList}`;
      case "inputText":
      case "openApp":
      case "wait":
      case "quote":
      case "answer":
      case "finish":
      case "callApi":
        return undefined;
    }
  },
};

/** All that is known. */
const sameList = "the list of this screen's elements is the same as before";

function afterTouch({ action, before }: Outcome): string | undefined {
  const element = targetElement(action, before) ?? touchedAt(action, before);
  if (element === undefined || isUntold(element)) return undefined;
  return (
    `after the touch on element ${describe(element)}, ${sameList}; ` +
    "if more was to be seen, wait for it, or touch something else"
  );
}

function afterStroke(action: Stroke, before: Screen): string | undefined {
  const aimed = targetElement(action, before);
  if (aimed !== undefined && isSlider(aimed)) {
    return isUntold(aimed) ? undefined : `the slider ${describe(aimed)} still stands at ${aimed.value}`;
  }
  // A drag may draw, or move what is drawn.
  if (action.type === "swipe" && action.to !== undefined) return undefined;
  const place = aimed?.bounds ?? pointOf(action);
  const list = before.elements.find(
    ({ scrollable, bounds }) => scrollable && (place === undefined || contains(bounds, place)),
  );
  if (list === undefined) return undefined;
  // A finger that goes one way moves the view the other way.
  const way = action.type === "scroll" ? action.direction : opposite[action.direction];
  return `${sameList}: element ${describe(list)} does not go on ${way}, or only elsewhere`;
}

type Stroke = Extract<Action, { type: "scroll" | "swipe" }>;

function isSlider({ className }: Element): boolean {
  return /(?:SeekBar|RatingBar|Slider)$/u.test(className);
}

/** Whether a touch may do its work without a trace in the list: a slider is not told, a cursor is not listed. */
function isUntold(element: Element): boolean {
  return isSlider(element) ? element.value === undefined : element.editable && element.focused;
}

/** The smallest thing under the finger that says that it can be touched. */
function touchedAt(action: Action, { elements }: Screen): Element | undefined {
  const point = pointOf(action);
  if (point === undefined) return undefined;
  return elements
    .filter(
      (each) => (each.clickable || each.longClickable || each.checkable) && contains(each.bounds, point),
    )
    .toSorted((a, b) => area(a.bounds) - area(b.bounds))[0];
}

/** The pixel that an action aims at. */
function pointOf(action: Action): Bounds | undefined {
  const target = "target" in action ? action.target : undefined;
  if (target?.kind !== "point") return undefined;
  return { left: target.x, top: target.y, right: target.x + 1, bottom: target.y + 1 };
}

function contains(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}

function area({ left, top, right, bottom }: Bounds): number {
  return (right - left) * (bottom - top);
}
