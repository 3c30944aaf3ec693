import { isDeepStrictEqual } from "node:util";
import type { Screen } from "../../screen/index.ts";
import { type Rule, targetIndex } from "./rule.ts";

/** What had no effect twice will have none the third time. */
export const noThirdRepeat: Rule = {
  name: "no-third-repeat",
  objection({ action, observation }) {
    const { history, screen } = observation;
    const target = targetIndex(action);
    const lastTwo = history.slice(-2);
    const repeated =
      lastTwo.length === 2 &&
      lastTwo.every(
        (step) =>
          step.screen.fingerprint === screen.fingerprint &&
          // A fingerprint leaves out where sliders stand: not every driver tells.
          valueAt(step.screen, target) === valueAt(screen, target) &&
          isDeepStrictEqual(step.action, action),
      );
    if (!repeated) return undefined;
    return "this very action was chosen twice already and the screen did not change; do something else";
  },
};

function valueAt(screen: Screen, index: number | undefined): string | undefined {
  return screen.elements.find((element) => element.index === index)?.value;
}
