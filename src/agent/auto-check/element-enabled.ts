import { describe, type Rule, targetElement } from "./rule.ts";

/** A disabled element takes no touch and no text. */
export const elementEnabled: Rule = {
  name: "element-enabled",
  objection({ action, observation: { screen } }) {
    // A list may be scrolled whatever state the element under the finger is in.
    if (action.type === "scroll" || action.type === "swipe") return undefined;
    const element = targetElement(action, screen);
    if (element === undefined || element.enabled) return undefined;
    return `element ${describe(element)} is disabled; something else must be done before it can be used`;
  },
};
