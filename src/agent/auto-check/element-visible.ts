import { type Bounds, reachableBounds } from "../../screen/index.ts";
import { describe, type Rule, targetElement } from "./rule.ts";

/**
 * A finger must be able to meet the element. Imported screens know neither bounds nor their own size: what is not
 * known is no objection.
 */
export const elementVisible: Rule = {
  name: "element-visible",
  objection({ action, observation: { screen } }) {
    const element = targetElement(action, screen);
    if (element === undefined || isEmpty(element.bounds) || screen.width * screen.height === 0) {
      return undefined;
    }
    if (element.visibleFraction > 0 && !isEmpty(reachableBounds(element, screen))) return undefined;
    return `no part of element ${describe(element)} can be touched; scroll to it, or close what covers it`;
  },
};

function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}
