import { isDeepStrictEqual } from "node:util";
import type { Rule } from "./rule.ts";

/** What had no effect twice will have none the third time. */
export const noThirdRepeat: Rule = {
  name: "no-third-repeat",
  objection({ action, observation }) {
    const { history, screen } = observation;
    const lastTwo = history.slice(-2);
    const repeated =
      lastTwo.length === 2 &&
      lastTwo.every(
        (step) => step.screen.fingerprint === screen.fingerprint && isDeepStrictEqual(step.action, action),
      );
    if (!repeated) return undefined;
    return "this very action was chosen twice already and the screen did not change; do something else";
  },
};
