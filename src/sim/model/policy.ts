import { makeMistake, mistakeOf, type MistakeSource } from "./mistakes.ts";
import { back, giveUp, tap } from "./moves.ts";
import { planFor } from "./planner.ts";
import type { Move, Situation } from "./skill.ts";

const otherWay = "This leads nowhere, so I look for another way.";

/** One round's reply: the skill's next move, or a mistake in its place. */
export function writeReply(situation: Situation, source: MistakeSource): string {
  const { lines, move: wanted } = planFor(situation);
  const right = notAgain(waitForApp(situation) ?? wanted, situation);
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

/** Android asks whether to close an app that does not respond. */
function waitForApp({ page }: Situation): Move | undefined {
  const asked = page.elements.some((element) => element.text.endsWith(" isn't responding"));
  const wait = page.button(/^wait$/iu);
  return asked && wait ? tap(1, wait, "The app does not respond, so I give it time.") : undefined;
}

/**
 * What is refused is not tried for ever: after the same code twice in a row, the second time refused, or where we
 * are told that it leads nowhere, we go back; where that happens again, we give up.
 */
function notAgain(move: Move, { history, stuck }: Situation): Move {
  const [before, last] = history.slice(-2);
  const refusedTwice = last?.refusal !== undefined && before?.code === move.code;
  if (last?.code !== move.code || !(refusedTwice || stuck)) return move;
  const wentBack = history.some((round) => round.reply.includes(otherWay));
  return wentBack ? giveUp(move.stage, "Whatever I try, I am stuck here.") : back(move.stage, otherWay);
}

function confirm({ history }: Situation): string {
  const last = history.at(-1);
  if (last === undefined) return "nothing was done yet.";
  if (last.refusal !== undefined) return `the last action was refused by ${last.refusal}.`;
  return `the last action was carried out: ${last.code}`;
}
