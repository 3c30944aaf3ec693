import { makeMistake, mistakeOf, type MistakeSource } from "./mistakes.ts";
import { back, giveUp } from "./moves.ts";
import { planFor } from "./planner.ts";
import type { Move, Situation } from "./skill.ts";

/** One round's reply: the skill's next move, or a mistake in its place. */
export function writeReply(situation: Situation, source: MistakeSource): string {
  const { lines, move: wanted } = planFor(situation);
  const right = notAgain(wanted, situation);
  const mistake = mistakeOf(source);
  const move = mistake === undefined ? right : makeMistake(mistake, right, situation, source);
  const stage = Math.min(move.stage, lines.length);
  return [
    `Confirm: ${confirm(situation)}`,
    `Analysis: ${move.why} (plan line ${stage} of ${lines.length})`,
    "Operation:",
    "```",
    move.code,
    "```",
  ].join("\n");
}

/** What was refused is not tried for ever: go back after two refusals in a row, give up after four. */
function notAgain(move: Move, { history }: Situation): Move {
  const refused = history.length - 1 - history.findLastIndex((round) => round.refusal === undefined);
  const same = history.slice(-2).filter((round) => round.code === move.code).length;
  if (refused >= 4) return giveUp(move.stage, "Whatever I try is refused.");
  if (refused >= 2 && same === 2)
    return back(move.stage, "This was refused twice, so I look for another way.");
  return move;
}

function confirm({ history }: Situation): string {
  const last = history.at(-1);
  if (last === undefined) return "nothing was done yet.";
  if (last.refusal !== undefined) return `the last action was refused by ${last.refusal}.`;
  return `the last action was carried out: ${last.code}`;
}
