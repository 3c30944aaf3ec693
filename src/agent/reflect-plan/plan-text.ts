import type { PlanItem } from "../agent.ts";

/** More lines than this are no plan for a phone task. */
const longestPlan = 20;
/** Nor is a line of more characters than this a step of one. */
const longestStep = 400;

/** `1. Open the Clock app. State: [Todo]` */
const planLine =
  /^\s*(?:[-*]\s*)?(?:step\s*)?\d{1,3}\s*[.):]\s*(.+?)\s*State:?\s*\**\s*\[?\s*(done|todo)\s*\]?\s*[.*]*\s*$/iu;

export type ParsedPlan = { ok: true; plan: PlanItem[] } | { ok: false; reason: string };

/** Reads a planner's reply: its numbered lines that end with a state. Other lines are chatter. */
export function parsePlan(text: string): ParsedPlan {
  const plan: PlanItem[] = [];
  for (const line of text.split("\n")) {
    const match = planLine.exec(line);
    if (match)
      plan.push({ text: match[1]!.replaceAll("**", "").trim(), done: match[2]!.toLowerCase() === "done" });
  }
  if (plan.length === 0) {
    return { ok: false, reason: "no line has the form `1. Something to do. State: [Todo]`" };
  }
  if (plan.length > longestPlan) {
    return { ok: false, reason: `${plan.length} lines are too many; ${longestPlan} is the most` };
  }
  if (plan.some(({ text: step }) => step.length > longestStep)) {
    return { ok: false, reason: `a step takes at most ${longestStep} characters` };
  }
  return { ok: true, plan };
}

export function formatPlan(plan: readonly PlanItem[]): string {
  return plan.map((item, i) => `${i + 1}. ${item.text} State: [${item.done ? "Done" : "Todo"}]`).join("\n");
}
