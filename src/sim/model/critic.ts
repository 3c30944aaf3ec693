import { planFor } from "./planner.ts";
import type { Round } from "./prompt/history.ts";
import type { Situation } from "./skill.ts";

interface Label {
  condition: string;
  /** Number of a round, or -1. */
  step: number;
}

/**
 * Judges a trajectory by the rules that would have carried it out: the lines of the plan are the
 * conditions, what is left to do on the final screen is not met, and each reply says which line it
 * works on.
 */
export function writeCriticism(situation: Situation): string {
  const { lines, move } = planFor(situation);
  const rounds = situation.history;
  const answered = isAnswered(situation, move.code);
  const conditions: Label[] = lines.map((line, i) => {
    const met = i + 1 < move.stage && (i + 1 < lines.length || answered);
    return { condition: line, step: met ? roundOf(i + 1, rounds) : -1 };
  });
  return JSON.stringify({ conditions });
}

/** A question is answered when the last code is the one the rules would write now. */
function isAnswered({ goal, history }: Situation, code: string): boolean {
  return !goal.includes("?") || history.at(-1)?.code === code;
}

/** The round after which a line was done: the one before the first that works on a later line. */
function roundOf(line: number, rounds: readonly Round[]): number {
  const last = rounds.at(-1)?.number ?? -1;
  const after = rounds.findIndex((round) => lineOf(round) > line || round.code.startsWith("exit("));
  return after === -1 ? last : (rounds[Math.max(0, after - 1)]?.number ?? -1);
}

function lineOf({ reply }: Round): number {
  return Number(/\(plan line (\d+) of \d+\)/u.exec(reply)?.[1] ?? 0);
}
