import { planFor } from "../planner.ts";
import type { Move } from "../skill.ts";
import { proofOf } from "./proof.ts";
import type { Judging, SeenRound, SeenScreen } from "./read-judging.ts";

/**
 * Answers a judge's prompt by the rules that would have carried the goal out: on each screen they say which line of the
 * plan is next, and the lines before it are done. What was said in a round plays no part, for the prompt does not tell:
 * what was meant by it follows from its screen and its action, as far as the rules would have done the same.
 */
export function writeJudgement(judging: Judging): string {
  switch (judging.kind) {
    case "vote":
      return writeVote(judging);
    case "milestone":
      return writeMilestone(judging);
    case "summary":
      return summariesOf(judging);
  }
}

function writeVote({ goal, last, answer, ...seen }: Extract<Judging, { kind: "vote" }>): string {
  const rounds = withReasons(goal, seen.rounds);
  const { lines, move } = planOn(goal, last, rounds);
  // Where a round was summarised, the summary says what was next.
  const stages = rounds.map(
    (round, i) => notedStage(round) ?? stageOn(goal, round.screen, rounds.slice(0, i)),
  );
  stages.push(move.stage);
  const conditions = lines.map((condition, i) => {
    const line = i + 1;
    const met = line < move.stage && (line < lines.length || isAnswered(goal, move, answer));
    // The screen after a round is the one before the next. An answer is given by the round that ends the task.
    const asked = isAsked(goal, line, lines);
    const after = asked ? rounds.length : stages.findIndex((stage, at) => at > 0 && stage > line);
    const round = met ? rounds[after - 1] : undefined;
    if (round === undefined) return { condition, step: -1 };
    const screen = after === rounds.length ? last : rounds[after]!.screen;
    return {
      condition,
      step: round.number,
      shows: asked ? [answer] : proofOf(condition, screen?.lines ?? []),
    };
  });
  return JSON.stringify({ conditions });
}

function writeMilestone(asked: Extract<Judging, { kind: "milestone" }>): string {
  const { goal, condition, round, after, answer } = asked;
  const { lines, move } = planOn(goal, after, withReasons(goal, [round]));
  const line = lines.indexOf(condition) + 1;
  const met = line > 0 && line < move.stage && (line < lines.length || isAnswered(goal, move, answer));
  const proof = isAsked(goal, line, lines) ? [answer] : proofOf(condition, after.lines);
  // What is done can be told by the place alone: by the app in front.
  return JSON.stringify({ met, shows: met && proof.length === 0 ? after.lines.slice(0, 1) : proof });
}

function summariesOf({ goal, rounds }: Extract<Judging, { kind: "summary" }>): string {
  const told = withReasons(goal, rounds);
  return told.map((round) => summaryOf(goal, round, told)).join("\n");
}

/** Rounds with the rules' own reason where they would have done the same: skills remember by it what they did. */
function withReasons(goal: string, rounds: readonly SeenRound[]): SeenRound[] {
  const told: SeenRound[] = [];
  for (const round of rounds) {
    const move = round.screen === undefined ? undefined : planOn(goal, round.screen, told).move;
    told.push(move?.code === round.code ? { ...round, reply: move.why } : round);
  }
  return told;
}

function summaryOf(goal: string, round: SeenRound, rounds: readonly SeenRound[]): string {
  const { number, screen, code, refusal } = round;
  const before = rounds.filter((other) => other.number < number);
  const stage = stageOn(goal, screen, before);
  const next = Number.isFinite(stage) ? `plan line ${stage} is next` : "all plan lines are done";
  const texts = screen?.page.elements.flatMap(({ lines }) => lines.slice(0, 1)).slice(0, 8) ?? [];
  const outcome = refusal === undefined ? "" : `, refused by ${refusal}`;
  return `Round ${number}: ${screen?.page.package ?? ""} shows ${texts.join("; ")}. Then ${code}${outcome} (${next}).`;
}

function notedStage({ note }: SeenRound): number | undefined {
  if (note?.includes("(all plan lines are done)")) return Number.POSITIVE_INFINITY;
  const stage = /\(plan line (\d+) is next\)/u.exec(note ?? "")?.[1];
  return stage === undefined ? undefined : Number(stage);
}

function stageOn(goal: string, screen: SeenScreen | undefined, history: readonly SeenRound[]): number {
  return screen === undefined ? 0 : planOn(goal, screen, history).move.stage;
}

function planOn(goal: string, { page }: SeenScreen, history: readonly SeenRound[]) {
  return planFor({ goal, page, history, stuck: false, openPlan: false });
}

/** The last thing to do about a question is to answer it. */
function isAsked(goal: string, line: number, lines: readonly string[]): boolean {
  return goal.includes("?") && line === lines.length;
}

/** A question is answered by what the rules would answer on this screen. */
function isAnswered(goal: string, { code }: Move, answer: string | undefined): boolean {
  return !goal.includes("?") || (answer !== undefined && code === `exit(message=${JSON.stringify(answer)})`);
}
