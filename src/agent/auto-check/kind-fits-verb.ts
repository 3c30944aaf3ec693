import { describe, type Rule, targetElement, targetIndex } from "./rule.ts";

/**
 * Text can only go into a text field. Touches and scrolls are not checked: rows and lists often act on a
 * touch on a child that does not say so.
 */
export const kindFitsVerb: Rule = {
  name: "kind-fits-verb",
  objection({ action, observation: { screen } }) {
    if (action.type !== "inputText") return undefined;
    const { elements } = screen;
    const fields = elements.filter((element) => element.editable);
    const advice =
      fields.length === 0
        ? "this screen has no text field"
        : `the text fields of this screen are ${fields.map(describe).join(", ")}`;
    if (targetIndex(action) !== undefined) {
      const element = targetElement(action, screen);
      if (element === undefined || element.editable) return undefined;
      return `element ${describe(element)} is not a text field; ${advice}`;
    }
    // A screen that came as a picture alone does not tell its fields.
    if (action.target !== undefined || elements.length === 0) return undefined;
    if (elements.some((element) => element.focused && element.editable)) return undefined;
    return `no text field has the focus, and none is named; ${advice}`;
  },
};
