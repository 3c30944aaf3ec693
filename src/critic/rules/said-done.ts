import type { Rule } from "./rule.ts";

/** The agent ended the episode itself and called the task complete. */
export const saidDone: Rule = {
  id: "said-done.v1",
  broken({ episode }) {
    if (episode.finishStatus === "complete") return undefined;
    if (episode.finishStatus === "infeasible") return "the agent called the task infeasible";
    return `the agent had not finished after ${episode.steps} steps`;
  },
};
