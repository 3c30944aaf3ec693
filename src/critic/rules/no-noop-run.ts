import type { ActionType } from "../../action/index.ts";
import type { Rule } from "./rule.ts";

const longestRun = 2;

/** Actions that are not meant to change the screen; they neither count nor end a run. */
const still: ReadonlySet<ActionType> = new Set(["wait", "quote", "answer", "finish"]);

/** Never three steps in a row, refused ones included, that leave the screen as it was. */
export const noNoopRun: Rule = {
  id: "no-noop-run.v2",
  broken({ steps }) {
    let run = 0;
    for (const [i, step] of steps.entries()) {
      const next = steps[i + 1];
      if (next === undefined || (step.action !== undefined && still.has(step.action.type))) continue;
      run = next.state === step.state ? run + 1 : 0;
      if (run > longestRun) return `${run} steps up to step ${step.number} changed nothing`;
    }
    return undefined;
  },
};
