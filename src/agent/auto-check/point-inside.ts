import type { Rule } from "./rule.ts";

/** A point must be a pixel of this screen; a model that counts in other units aims beside it. */
export const pointInside: Rule = {
  name: "point-inside",
  objection({ action, observation }) {
    const target = "target" in action ? action.target : undefined;
    const { width, height } = observation.screen;
    // Imported screens may not know their size.
    if (target?.kind !== "point" || width * height === 0) return undefined;
    const { x, y } = target;
    if (x >= 0 && y >= 0 && x < width && y < height) return undefined;
    return `the point ${x}, ${y} is outside the screen, which is ${width} pixels wide and ${height} high`;
  },
};
