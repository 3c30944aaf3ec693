import type { StepLabel } from "../../store/index.ts";
import type { Asker } from "../ask.ts";
import { strictVotePrompt } from "../prompts/strict-vote.v1.ts";
import type { Evidence } from "./evidence.ts";
import { createMilestones, type Milestone, type Milestones } from "./milestones.ts";
import { inOrder, type Order, orderOf } from "./order.ts";
import { type Claim, parseVote } from "./replies.ts";
import { shorten, type ShownEvidence } from "./shorten.ts";

export interface StrictSettings {
  /** Votes that must all find every condition met. */
  votes: number;
  /** Most tokens of evidence that a vote reads as they are; what is longer is summarised first. */
  evidenceTokens: number;
}

/** One vote as it is recorded. */
export interface Vote {
  order: Order;
  /** It found every condition met. */
  reached: boolean;
  conditions: (Claim & { milestone?: Milestone })[];
}

export interface StrictJudgement {
  success: boolean;
  /** Why not. */
  reason?: string;
  /** Those that were asked: a vote against ends it. */
  votes: Vote[];
  /** Rounds that votes knew by a summary alone. */
  summarised: number;
  /** Of the first vote; what no screen bears out counts as not met. */
  labels: StepLabel[];
}

/**
 * Judges by votes that read the evidence in different orders, as ZeroGUI does by unanimous votes over the screens alone.
 * It is a success only where every vote finds every condition met, and each of those shows on the screen after its
 * round. The first thing that speaks against it ends the judgement, because more votes would only cost. Undefined where
 * a reply could not be read.
 */
export async function judgeStrictly(
  asker: Asker,
  evidence: Evidence,
  settings: StrictSettings,
  seed: number,
): Promise<StrictJudgement | undefined> {
  const shown = await shorten(asker, evidence, settings.evidenceTokens, seed);
  if (shown === undefined) return undefined;
  const milestones = createMilestones(asker, evidence, seed);
  const votes: Vote[] = [];
  let reason: string | undefined;
  while (reason === undefined && votes.length < settings.votes) {
    const claims = await askForVote(asker, evidence, shown, votes.length + 1, seed);
    if (claims === undefined) return undefined;
    const vote = await checked(claims, orderOf(votes.length + 1), milestones);
    if (vote === undefined) return undefined;
    votes.push(vote);
    reason = against(vote, votes.length);
  }
  return {
    success: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    votes,
    summarised: shown.summarised,
    labels: labelsOf(votes[0]!, reason === undefined),
  };
}

function askForVote(
  asker: Asker,
  { goal, rounds, answer }: Evidence,
  { blocks }: ShownEvidence,
  number: number,
  seed: number,
): Promise<Claim[] | undefined> {
  return asker.ask({
    prompt: strictVotePrompt,
    text: strictVotePrompt.user({
      goal,
      blocks: inOrder(blocks, number, seed),
      rounds: rounds.length,
      ...(answer === undefined ? {} : { answer }),
    }),
    // Equal seeds would give equal slips.
    seed: seed + number - 1,
    read: (reply) => parseVote(reply, rounds.length),
  });
}

/**
 * The vote with what the screens say to its claims. Of a vote that fails anyhow, claims are checked by words alone: no
 * call is paid for them.
 */
async function checked(
  claims: readonly Claim[],
  order: Order,
  milestones: Milestones,
): Promise<Vote | undefined> {
  const reached = claims.every(({ step }) => step !== -1);
  const conditions: Vote["conditions"] = [];
  let refuted = false;
  for (const claim of claims) {
    if (claim.step === -1) {
      conditions.push(claim);
      continue;
    }
    if (!reached || refuted) {
      const milestone = milestones.byWords(claim);
      conditions.push(milestone === undefined ? claim : { ...claim, milestone });
      continue;
    }
    const milestone = await milestones.check(claim);
    if (milestone === undefined) return undefined;
    refuted = !milestone.verified;
    conditions.push({ ...claim, milestone });
  }
  return { order, reached, conditions };
}

/** What speaks against success in a vote (from 1); undefined where nothing does. */
function against({ reached, conditions }: Vote, number: number): string | undefined {
  if (!reached && number > 1) return "the order changed the verdict";
  const unmet = conditions.find(({ step }) => step === -1);
  if (unmet !== undefined) return `not met: ${unmet.condition}`;
  for (const { condition, step, milestone } of conditions) {
    if (milestone?.verified === false)
      return `not shown after round ${step}: ${condition} (${milestone.why})`;
  }
  return undefined;
}

/** The last condition is the whole goal, which a failure has not reached whatever the first vote says. */
function labelsOf({ conditions }: Vote, success: boolean): StepLabel[] {
  return conditions.map(({ condition, step, milestone }, i) => {
    const whole = i === conditions.length - 1;
    return { condition, step: milestone?.verified === true && (success || !whole) ? step : -1 };
  });
}
