import { countTokens } from "../../llm/index.ts";
import type { Asker } from "../ask.ts";
import { lastScreenBlock, noteBlock, roundBlock } from "../prompts/evidence-blocks.ts";
import { evidenceSummaryPrompt } from "../prompts/evidence-summary.v1.ts";
import type { Evidence } from "./evidence.ts";
import { parseSummary } from "./replies.ts";

export interface ShownEvidence {
  /** One for each round, then the last screen. */
  blocks: string[];
  /** Rounds that are told by a summary, from the first. */
  summarised: number;
}

/**
 * The evidence as blocks of text within a bound of tokens. What is too long is told by a model's summary: the earlier
 * rounds, as many as it takes, in chunks of half the bound. The last rounds, up to half the bound, and the last screen
 * stay as they are, because the end decides most. Undefined where a summary could not be read.
 */
export async function shorten(
  asker: Asker,
  evidence: Evidence,
  bound: number,
  seed: number,
): Promise<ShownEvidence | undefined> {
  const blocks = evidence.rounds.map(roundBlock);
  const last = lastScreenBlock(evidence);
  const lastSize = countTokens(last);
  if (blocks.reduce((all, block) => all + countTokens(block), lastSize) <= bound) {
    return { blocks: [...blocks, last], summarised: 0 };
  }
  // A screen that was said to be the same as before takes its full room where that one is not among those shown.
  const sizes = evidence.rounds.map((round) => countTokens(roundBlock(within(round, round.number))));
  const summarised = sizes.length - keptWhole(sizes, bound / 2 - lastSize);
  const notes: string[] = [];
  for (const { first, end } of chunks(sizes.slice(0, summarised), bound / 2)) {
    const read = await asker.ask({
      prompt: evidenceSummaryPrompt,
      text: evidenceSummaryPrompt.user({
        goal: evidence.goal,
        blocks: evidence.rounds.slice(first, end).map((round) => roundBlock(within(round, first))),
        first: first + 1,
        last: end,
      }),
      seed,
      read: (reply) => parseSummary(reply, first + 1, end),
    });
    if (read === undefined) return undefined;
    for (let number = first + 1; number <= end; number++) notes.push(noteBlock(number, read.get(number)!));
  }
  const whole = evidence.rounds.slice(summarised).map((round) => roundBlock(within(round, summarised)));
  return { blocks: [...notes, ...whole, last], summarised };
}

/** The round with its screen, where the one that it is the same as is not among those shown (from index `first`). */
function within(round: Evidence["rounds"][number], first: number): Evidence["rounds"][number] {
  if (round.sameAs === undefined || round.sameAs > first) return round;
  const { sameAs: _, ...shown } = round;
  return shown;
}

/** Rounds at the end that fit, counted from the last. */
function keptWhole(sizes: readonly number[], room: number): number {
  let kept = 0;
  for (let size = 0; kept < sizes.length; kept++) {
    size += sizes[sizes.length - 1 - kept]!;
    if (size > room) break;
  }
  return kept;
}

/** Runs of rounds of a size; a round that is larger alone is a chunk of its own. */
function chunks(sizes: readonly number[], room: number): { first: number; end: number }[] {
  const found: { first: number; end: number }[] = [];
  let size = 0;
  for (const [i, next] of sizes.entries()) {
    const open = found.at(-1);
    if (open === undefined || size + next > room) {
      found.push({ first: i, end: i + 1 });
      size = next;
    } else {
      open.end = i + 1;
      size += next;
    }
  }
  return found;
}
