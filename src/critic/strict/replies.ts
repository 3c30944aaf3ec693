import { z } from "zod";
import { type Reading, readJson, wholeNumber, wrongStep } from "../read-json.ts";
import type { Proof } from "./words.ts";

const mostConditions = 20;

/** A condition, the round that is said to have met it (-1 for none), and what is said to show it. */
export interface Claim extends Proof {
  condition: string;
  step: number;
}

/** Models leave out what is empty, and write null for it. */
const words = z
  .array(z.string())
  .max(50)
  .nullish()
  .transform((list) => list ?? []);

const vote = z.object({
  conditions: z
    .array(z.object({ condition: z.string().trim().min(1), step: wholeNumber, shows: words, gone: words }))
    .min(1)
    .max(mostConditions),
});

const milestone = z.object({ met: z.boolean(), shows: words, gone: words });

export function parseVote(text: string, rounds: number): Reading<Claim[]> {
  const read = readJson(text, vote);
  if (!read.ok) return read;
  const wrong = wrongStep(read.value.conditions, rounds);
  return wrong === undefined ? { ok: true, value: read.value.conditions } : { ok: false, reason: wrong };
}

export function parseMilestone(text: string): Reading<Proof & { met: boolean }> {
  return readJson(text, milestone);
}

/** A note of a round is cut at this many characters, whatever the model was asked for. */
const longestNote = 600;

/** Reads `Round 4: …` lines; each round asked for must have one. */
export function parseSummary(text: string, first: number, last: number): Reading<Map<number, string>> {
  const notes = new Map<number, string>();
  for (const [, number, note] of text.matchAll(/^[ \t*#>-]*Round (\d+)[ \t*]*:[ \t*]*(\S.*)$/gimu)) {
    notes.set(Number(number), note!.trim().slice(0, longestNote));
  }
  for (let number = first; number <= last; number++) {
    if (!notes.has(number)) return { ok: false, reason: `it has no line "Round ${number}: …"` };
  }
  return { ok: true, value: notes };
}
