import type { Move, Situation } from "./skill.ts";
import { chosenSkill } from "./skills/index.ts";

/** The plan for a goal, its lines done as far as the next move shows. */
export function writePlan(situation: Situation): string {
  const { lines, move } = planFor(situation);
  return lines
    .map((line, i) => `${i + 1}. ${line} State: [${i + 1 < move.stage ? "Done" : "Todo"}]`)
    .join("\n");
}

/** The skill's plan and its next move, the right one. */
export function planFor(situation: Situation): { lines: string[]; move: Move } {
  const { skill, values } = chosenSkill(situation.goal);
  return { lines: skill.plan(values), move: skill.next(situation, values) };
}
