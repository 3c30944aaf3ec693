import type { Move, Situation } from "./skill.ts";
import { chosenSkill } from "./skills/index.ts";

/** The plan for a goal, its lines done as far as the next move shows. */
export function writePlan(situation: Situation): string {
  const { lines, move } = planFor(situation);
  return lines
    .map((line, i) => `${i + 1}. ${line} State: [${i + 1 < move.stage ? "Done" : "Todo"}]`)
    .join("\n");
}

/** The plan for a goal with a way out of where the agent is stuck before what is left to do. */
export function writeStrategy(situation: Situation): string {
  const { lines, move } = planFor(situation);
  const done = lines.slice(0, Math.max(0, Math.min(move.stage, lines.length) - 1));
  const wayOut = "Leave this screen, and come back to it another way.";
  return [
    ...done.map((line) => `${line} State: [Done]`),
    ...[wayOut, ...lines.slice(done.length)].map((line) => `${line} State: [Todo]`),
  ]
    .map((line, i) => `${i + 1}. ${line}`)
    .join("\n");
}

/** The skill's plan and its next move, the right one. */
export function planFor(situation: Situation): { lines: string[]; move: Move } {
  const { skill, values } = chosenSkill(situation.goal);
  return { lines: skill.plan(values), move: skill.next(situation, values) };
}
