import { type Bounds, type Element, reachableBounds, type Screen } from "../../screen/index.ts";
import { describe, elementsAt, type Rule } from "./rule.ts";

/**
 * A finger must be able to meet the element. Imported screens know neither bounds nor their own size: what is not
 * known is no objection.
 */
export const elementVisible: Rule = {
  name: "element-visible",
  objection({ action, observation: { screen } }) {
    if (screen.width * screen.height === 0) return undefined;
    const element = elementsAt(action, screen).find(
      (one) => !isEmpty(one.bounds) && !canBeTouched(one, screen),
    );
    if (element === undefined) return undefined;
    return `no part of element ${describe(element)} can be touched; scroll to it, or close what covers it`;
  },
};

function canBeTouched(element: Element, screen: Screen): boolean {
  return element.visibleFraction > 0 && !isEmpty(reachableBounds(element, screen));
}

function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}
