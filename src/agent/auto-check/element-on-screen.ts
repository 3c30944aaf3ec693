import { type Rule, targetElement, targetIndex } from "./rule.ts";

/** The number must be one of this screen's; models like to reuse those of screens gone by. */
export const elementOnScreen: Rule = {
  name: "element-on-screen",
  objection({ action, observation: { screen } }) {
    const index = targetIndex(action);
    if (index === undefined || targetElement(action, screen) !== undefined) return undefined;
    return `there is no element ${index} on this screen; take a number from its list`;
  },
};
