import type { Spending } from "../llm/index.ts";
import type { Store, StoredVerdict } from "../store/index.ts";
import { type Agreement, agreement, checkedSuccess } from "./agreement.ts";
import { type Critic, criticVerdict } from "./critic.ts";
import { criticiseRun } from "./criticise-run.ts";
import { keepExperiences } from "./experience.ts";
import { judge } from "./judge.ts";
import { finishedTrajectories } from "./trajectory.ts";

export interface ScoreOptions {
  /** Labels steps where given. Episodes that it has judged before in the same way are not paid for again. */
  critic?: Critic;
}

export interface Score {
  /** Finished episodes that were judged. */
  episodes: number;
  kept: number;
  rejected: number;
  /** Those of them without checks that neither a person nor a critic has judged. */
  unjudged: number;
  /** Rule → episodes that broke it; one episode may break several. */
  reasons: Record<string, number>;
  /** Present where a critic was given. */
  critic?: CriticScore;
}

export interface CriticScore {
  success: number;
  failure: number;
  /** Episodes without a verdict: no reply could be read; the model refused to answer. */
  unreadable: number;
  refused: number;
  /** Of this call; episodes that were judged before cost nothing. */
  spent: Spending;
  /** With the verdicts of the checks, over episodes that have both. */
  agreement: Agreement;
}

/**
 * Judges every finished episode of a run: by the critic, where one is given, then by the rules, which for episodes
 * without checks go by the critic. What is kept becomes an experience that ExpSearch finds. It may be called again at
 * any time; verdicts take the place of earlier ones.
 *
 * Where the critic's model fails, the rules still judge every episode before its error is thrown.
 */
export async function scoreRun(store: Store, runId: string, options: ScoreOptions = {}): Promise<Score> {
  await store.runs.get(runId);
  const score: Score = { episodes: 0, kept: 0, rejected: 0, unjudged: 0, reasons: {} };
  const criticised = options.critic && (await criticiseRun(store, runId, options.critic));
  const pairs: { critic: boolean; checks: boolean }[] = [];
  for await (const trajectory of finishedTrajectories(store, runId)) {
    const { episode, verdicts } = trajectory;
    const { kept, reasons } = await judge(store, trajectory);
    score.episodes++;
    if (kept) {
      score.kept++;
      await keepExperiences(store, trajectory);
    } else {
      score.rejected++;
      if (isUnjudged(verdicts)) score.unjudged++;
      await store.experiences.forget(episode.id);
    }
    for (const { rule } of reasons) score.reasons[rule] = (score.reasons[rule] ?? 0) + 1;
    const critic = criticised?.verdicts.get(episode.id);
    const checks = checkedSuccess(verdicts);
    if (critic !== undefined && checks !== undefined) pairs.push({ critic, checks });
  }
  if (criticised?.failure !== undefined) throw criticised.failure;
  if (criticised !== undefined) score.critic = { ...criticised.score, agreement: agreement(pairs) };
  return score;
}

function isUnjudged(verdicts: readonly StoredVerdict[]): boolean {
  const person = verdicts.some(({ source }) => source === "human");
  return !person && checkedSuccess(verdicts) === undefined && criticVerdict(verdicts) === undefined;
}
