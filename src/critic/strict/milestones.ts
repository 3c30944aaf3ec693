import type { Asker } from "../ask.ts";
import { screenLines } from "../prompts/evidence-blocks.ts";
import { milestonePrompt } from "../prompts/milestone.v1.ts";
import { type Evidence, screenAfter } from "./evidence.ts";
import { type Claim, parseMilestone } from "./replies.ts";
import { isAbout, wrongWith } from "./words.ts";

/** What became of a claim: verified by words on the screen or by a model, or refuted. */
export type Milestone = { verified: true; by: "words" | "model" } | { verified: false; why: string };

/** Checks claims of one trajectory against its screens; none is asked about twice. */
export interface Milestones {
  /** By words alone, which costs nothing; undefined where words do not settle it. */
  byWords(claim: Claim): Milestone | undefined;
  /** By words, else by a model; undefined where its replies could not be read. */
  check(claim: Claim): Promise<Milestone | undefined>;
}

export function createMilestones(asker: Asker, evidence: Evidence, seed: number): Milestones {
  const before = evidence.rounds.map(({ screen }) => screenLines(screen));
  const asked = new Map<string, Milestone | undefined>();

  /** The answer stands beside the screen after the round in which the person was told something. */
  const answerIn = (step: number): string | undefined =>
    evidence.rounds[step - 1]?.told === true ? evidence.answer : undefined;
  const linesAfter = (step: number): string => {
    const answer = answerIn(step);
    const screen = screenLines(screenAfter(evidence, step));
    return answer === undefined ? screen : `${screen}\n${answer.replaceAll(/\s+/gu, " ")}`;
  };
  const wrong = (claim: Pick<Claim, "step" | "shows" | "gone">) =>
    wrongWith(claim, linesAfter(claim.step), before.slice(0, claim.step));

  const byWords = (claim: Claim): Milestone | undefined =>
    wrong(claim) === undefined && isAbout(claim, claim.condition)
      ? { verified: true, by: "words" }
      : undefined;

  const byModel = async ({ condition, step }: Claim): Promise<Milestone | undefined> => {
    const answer = answerIn(step);
    const reply = await asker.ask({
      prompt: milestonePrompt,
      text: milestonePrompt.user({
        goal: evidence.goal,
        condition,
        round: evidence.rounds[step - 1]!,
        after: screenAfter(evidence, step),
        ...(answer === undefined ? {} : { answer }),
      }),
      seed,
      read: parseMilestone,
    });
    if (reply === undefined) return undefined;
    if (!reply.met) return { verified: false, why: "a look at its screens alone does not bear it out" };
    // A model that says yes to everything names what is not there, or nothing.
    const why = wrong({ step, shows: reply.shows, gone: reply.gone });
    return why === undefined ? { verified: true, by: "model" } : { verified: false, why };
  };

  return {
    byWords,
    async check(claim) {
      const settled = byWords(claim);
      if (settled !== undefined) return settled;
      const key = JSON.stringify([claim.step, claim.condition.toLowerCase()]);
      if (!asked.has(key)) asked.set(key, await byModel(claim));
      return asked.get(key);
    },
  };
}
