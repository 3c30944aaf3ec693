import { countTokens } from "../../llm/index.ts";
import type { PastStep } from "../agent.ts";
import { block } from "../prompts/section.ts";
import { cutMiddle } from "../text.ts";
import { actionWords } from "./action-words.ts";
import { outcome } from "./outcome.ts";

/** How much of the past a prompt holds. */
export interface HistoryBounds {
  /** Rounds told in the model's own words, at most. */
  steps: number;
  /** Of the whole, at least `leastHistoryTokens`. */
  tokens: number;
}

/** In less than this the last round cannot be told. */
export const leastHistoryTokens = 400;

/** Shares of the bound that one round's reply, what an interface gave it, and its outcome may take. */
const shares = { reply: 0.4, output: 0.2, outcome: 0.15 };
/** Share of the bound up to which rounds are told in their own words; what they leave is for the older ones. */
const ownWords = 0.75;
/** Tokens set aside for the line that counts what was left out, and for the block of the older rounds. */
const frame = 50;

/**
 * The past within a bound of tokens, whatever the replies were. The last rounds stand in the model's own words, with
 * what came of them; older ones are one line each, equal ones in a row together; the oldest are counted. The last
 * round is always told, and a round that is told always tells that it was refused.
 */
export function tellHistory(history: readonly PastStep[], { steps, tokens }: HistoryBounds): string {
  if (history.length === 0) return "Nothing was done yet.";
  const own: string[] = [];
  let used = frame;
  for (const step of history.slice(-Math.max(1, steps)).reverse()) {
    const round = inOwnWords(step, tokens);
    if (own.length > 0 && used + round.tokens > tokens * ownWords) break;
    own.unshift(round.text);
    used += round.tokens;
  }
  const earlier: string[] = [];
  const rest = inOneLine(history.slice(0, history.length - own.length));
  for (let line = rest.pop(); line !== undefined; line = rest.pop()) {
    used += countTokens(line.text) + 1;
    if (used > tokens) {
      rest.push(line);
      break;
    }
    earlier.unshift(line.text);
  }
  return [
    ...leftOut(rest),
    ...(earlier.length === 0 ? [] : [block("earlier", earlier.join("\n"))]),
    ...own,
  ].join("\n\n");
}

interface OwnWords {
  text: string;
  tokens: number;
  /** What it was made for: a finding is told one round after the step itself. */
  bound: number;
  finding: PastStep["finding"];
}

/** A round is told in several prompts, and counting takes longer than all the rest of a round. */
const told = new WeakMap<PastStep, OwnWords>();

function inOwnWords(step: PastStep, bound: number): OwnWords {
  const before = told.get(step);
  if (before !== undefined && before.bound === bound && before.finding === step.finding) return before;
  const { output } = step;
  const lines = [
    `## Round ${step.number}`,
    block("reply", cutMiddle(step.response, bound * shares.reply)),
    `Outcome: ${outcome(step, bound * shares.outcome)}`,
    ...(output === undefined ? [] : [block("output", cutMiddle(output, bound * shares.output))]),
  ];
  const text = lines.join("\n");
  const round = { text, tokens: countTokens(text) + 1, bound, finding: step.finding };
  told.set(step, round);
  return round;
}

interface Line {
  text: string;
  rounds: number;
  refused: number;
}

/** Tokens of a reason, and of what an interface gave, in a round of one line. */
const shortReason = 40;

function inOneLine(history: readonly PastStep[]): Line[] {
  const groups: { from: number; to: number; words: string; refused: boolean; rounds: number }[] = [];
  for (const step of history) {
    const words = stepWords(step);
    const last = groups.at(-1);
    if (last?.words === words) {
      last.to = step.number;
      last.rounds++;
    } else {
      const refused = step.refusal !== undefined;
      groups.push({ from: step.number, to: step.number, words, refused, rounds: 1 });
    }
  }
  return groups.map(({ from, to, words, refused, rounds }) => ({
    text: `${from === to ? `Round ${from}` : `Rounds ${from} to ${to}`}: ${words}`,
    rounds,
    refused: refused ? rounds : 0,
  }));
}

function stepWords(step: PastStep): string {
  const { action, output } = step;
  const done = action === undefined ? "" : `${actionWords(action, step.screen)}: `;
  const gave = output === undefined ? "" : `; it gave ${JSON.stringify(cutMiddle(output, shortReason))}`;
  return `${done}${outcome(step, shortReason)}${gave}`;
}

function leftOut(rest: readonly Line[]): string[] {
  const rounds = rest.reduce((sum, line) => sum + line.rounds, 0);
  if (rounds === 0) return [];
  const refused = rest.reduce((sum, line) => sum + line.refused, 0);
  const ofThem = refused === 0 ? "" : `, ${refused} of them refused`;
  return [`(${rounds} earlier ${rounds === 1 ? "round" : "rounds"} left out${ofThem})`];
}
