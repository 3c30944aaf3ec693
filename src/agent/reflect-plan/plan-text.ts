import type { PlanItem } from "../agent.ts";

/** More lines than this are no plan for a phone task. */
const longestPlan = 20;
/** Nor is a line of more characters than this a step of one. */
const longestStep = 400;

/** The number of `1. Open the Clock app. State: [Todo]`. */
const opening = /^(?:[-*]\s*)?(?:step\s*)?\d{1,3}\s*[.):]\s*/iu;
/** And its state. */
const closing = /State:?\s*\**\s*\[?\s*(done|todo)\s*\]?[\s.*]*$/iu;
/** Characters at a line's end where its state stands: a pattern that seeks it in all of a long line takes minutes. */
const longestState = 60;

/** What some readers take for the end of a line beside a line feed: a step stands on one line in every prompt. */
const lineEnds = /[\r\v\f\u0085\u2028\u2029]/gu;

export type ParsedPlan = { ok: true; plan: PlanItem[] } | { ok: false; reason: string };

/** Reads a planner's reply: its numbered lines that end with a state. Other lines are chatter. */
export function parsePlan(text: string): ParsedPlan {
  const plan: PlanItem[] = [];
  for (const line of text.split("\n")) {
    const item = readItem(line.trim());
    if (item !== undefined) plan.push(item);
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

function readItem(line: string): PlanItem | undefined {
  const end = line.slice(-longestState);
  const state = closing.exec(end);
  const number = state && opening.exec(line);
  if (number === null) return undefined;
  const step = line.slice(number[0].length, line.length - end.length + state!.index);
  const text = step.replaceAll("**", "").replaceAll(lineEnds, " ").trim();
  return text === "" ? undefined : { text, done: state![1]!.toLowerCase() === "done" };
}

export function formatPlan(plan: readonly PlanItem[]): string {
  return plan.map((item, i) => `${i + 1}. ${item.text} State: [${item.done ? "Done" : "Todo"}]`).join("\n");
}
