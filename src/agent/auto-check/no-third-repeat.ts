import { isDeepStrictEqual } from "node:util";
import { sameState } from "../../screen/index.ts";
import type { Rule } from "./rule.ts";

/** What had no effect twice will have none the third time. */
export const noThirdRepeat: Rule = {
  name: "no-third-repeat",
  objection({ action, observation: { history, screen } }) {
    const lastTwo = history.slice(-2);
    const repeated =
      lastTwo.length === 2 &&
      lastTwo.every((step) => sameState(step.screen, screen) && isDeepStrictEqual(step.action, action));
    if (!repeated) return undefined;
    return "this very action was chosen twice already and the screen did not change; do something else";
  },
};
