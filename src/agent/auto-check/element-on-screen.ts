import { type Rule, targetElement, targetIndex } from "./rule.ts";

/** The number must be one of this screen's; models like to reuse those of screens gone by. */
export const elementOnScreen: Rule = {
  name: "element-on-screen",
  objection(proposal) {
    const index = targetIndex(proposal.action);
    if (index === undefined || targetElement(proposal) !== undefined) return undefined;
    return `there is no element ${index} on this screen; take a number from its list`;
  },
};
