import { isDeepStrictEqual } from "node:util";
import { sameState, type Screen } from "../../screen/index.ts";
import type { PastStep } from "../agent.ts";

/**
 * How an agent goes round in circles:
 * - `same-again`: the same action on the same screen led to the same screen as before.
 * - `tried-often`: the same action on the same screen, three times of late.
 * - `nothing-works`: one round after the other was refused, or did not do what it should.
 */
export interface Circle {
  kind: "same-again" | "tried-often" | "nothing-works";
  /** Their numbers, oldest first. */
  rounds: number[];
}

/** Rounds between a move and its repetition, at most: longer ways round are part of many tasks. */
const longestWay = 3;
const often = 3;
/** Rounds that "of late" means. */
const late = 10;
const mostFailures = 3;

/**
 * The circle an agent goes round in, as the past and the screen in front of it show. A move is an action on a screen,
 * or a refusal there; it is found before it is made again, since the way back to its screen is part of the circle.
 */
export function findCircle(history: readonly PastStep[], screen: Screen): Circle | undefined {
  return triedOften(history) ?? sameAgain(history, screen) ?? nothingWorks(history);
}

export function circleText({ kind, rounds }: Circle): string {
  const [last, ...others] = rounds.toReversed();
  const these = `Rounds ${others.toReversed().join(", ")} and ${last}`;
  switch (kind) {
    case "same-again":
      return `${these} did the same on the same screen, and led to the same screen again.`;
    case "tried-often":
      return `${these} did the same on the same screen.`;
    case "nothing-works":
      return `${these} were refused, or did not visibly do what they should.`;
  }
}

function triedOften(history: readonly PastStep[]): Circle | undefined {
  const last = history.at(-1);
  if (last === undefined) return undefined;
  const same = history.slice(-late).filter((step) => sameMove(step, last));
  return same.length < often ? undefined : { kind: "tried-often", rounds: numbers(same) };
}

function sameAgain(history: readonly PastStep[], screen: Screen): Circle | undefined {
  const last = history.at(-1);
  if (last === undefined) return undefined;
  for (let way = 1; way <= Math.min(longestWay, history.length - 1); way++) {
    // Waiting twice for the same thing is no circle yet.
    if (way === 1 && last.action?.type === "wait") continue;
    const before = history.at(-1 - way)!;
    const after = history.at(-way)!.screen;
    if (sameMove(before, last) && sameState(after, screen)) {
      return { kind: "same-again", rounds: numbers([before, last]) };
    }
  }
  return undefined;
}

function nothingWorks(history: readonly PastStep[]): Circle | undefined {
  const latest = history.slice(-mostFailures);
  if (latest.length < mostFailures) return undefined;
  const failed = latest.every(({ refusal, finding }) => refusal !== undefined || finding !== undefined);
  return failed ? { kind: "nothing-works", rounds: numbers(latest) } : undefined;
}

function sameMove(a: PastStep, b: PastStep): boolean {
  return (
    isDeepStrictEqual(a.action, b.action) &&
    // Replies without an action are equal where they were refused for the same reason.
    (a.action !== undefined || a.refusal?.rule === b.refusal?.rule) &&
    sameState(a.screen, b.screen)
  );
}

function numbers(steps: readonly PastStep[]): number[] {
  return steps.map(({ number }) => number);
}
