import { placesOf, type Rule } from "./rule.ts";

/** The number must be one of this screen's; models like to reuse those of screens gone by. */
export const elementOnScreen: Rule = {
  name: "element-on-screen",
  objection({ action, observation: { screen } }) {
    const missing = placesOf(action).find(
      (place) => place.kind === "element" && !screen.elements.some(({ index }) => index === place.index),
    );
    if (missing?.kind !== "element") return undefined;
    return `there is no element ${missing.index} on this screen; take a number from its list`;
  },
};
