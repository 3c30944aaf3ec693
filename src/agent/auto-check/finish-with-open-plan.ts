import type { Rule } from "./rule.ts";

const name = "finish-with-open-plan";

/**
 * A finish against the plan needs a word of explanation. Plans are often behind the facts, so a message
 * is enough, and whoever insists in the next round is let go.
 */
export const finishWithOpenPlan: Rule = {
  name,
  objection({ action, observation, plan }) {
    if (action.type !== "finish" || action.status !== "complete" || action.message.trim() !== "") {
      return undefined;
    }
    const open = plan.filter((item) => !item.done);
    if (open.length === 0 || observation.history.at(-1)?.refusal?.rule === name) return undefined;
    return (
      `the plan still has open steps (${open.map((item) => item.text).join(" ")}); ` +
      "do them, or say in the message why the goal is reached without them"
    );
  },
};
