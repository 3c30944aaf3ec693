import { placesOf, type Rule } from "./rule.ts";

/** A point must be a pixel of this screen; a model that counts in other units aims beside it. */
export const pointInside: Rule = {
  name: "point-inside",
  objection({ action, observation }) {
    const { width, height } = observation.screen;
    // Imported screens may not know their size.
    if (width * height === 0) return undefined;
    const outside = placesOf(action).find(
      (place) =>
        place.kind === "point" && !(place.x >= 0 && place.y >= 0 && place.x < width && place.y < height),
    );
    if (outside?.kind !== "point") return undefined;
    return `the point ${outside.x}, ${outside.y} is outside the screen, which is ${width} pixels wide and ${height} high`;
  },
};
