import type { Direction } from "../../action/index.ts";
import type { Bounds, Element } from "../../screen/index.ts";
import { describe, type Rule, targetElement } from "./rule.ts";

/**
 * A list that goes on up or down is not scrolled sideways, and the other way round. Whether a list ends where it
 * seems to is not certain before it was tried, and something that pages sideways may lie around a list: there the
 * rule has nothing to say. A swipe may be meant for a row.
 */
export const directionFits: Rule = {
  name: "direction-fits",
  objection({ action, observation: { screen } }) {
    const element = targetElement(action, screen);
    if (action.type !== "scroll" || element?.more === undefined || element.more.length === 0)
      return undefined;
    if (element.more.some((way) => isVertical(way) === isVertical(action.direction))) return undefined;
    if (screen.elements.some((other) => other !== element && takesScroll(other, element.bounds))) {
      return undefined;
    }
    return `element ${describe(element)} goes on ${element.more.join(" and ")}, not ${action.direction}`;
  },
};

function isVertical(direction: Direction): boolean {
  return direction === "up" || direction === "down";
}

/** Whether something else that scrolls lies where the finger would go. */
function takesScroll({ scrollable, bounds }: Element, place: Bounds): boolean {
  return (
    scrollable &&
    bounds.left < place.right &&
    place.left < bounds.right &&
    bounds.top < place.bottom &&
    place.top < bounds.bottom
  );
}
