import PQueue from "p-queue";
import type { ChatModel } from "../llm/index.ts";
import type { Store } from "../store/index.ts";
import { keepExperiences } from "./experience.ts";
import { judge } from "./judge.ts";
import { stepCriticPrompt } from "./prompts/step-critic.v1.ts";
import { criticise } from "./step-critic.ts";
import { finishedTrajectories, type Trajectory } from "./trajectory.ts";

/** Critic calls at a time. */
const concurrentCalls = 4;

export interface ScoreOptions {
  /** Labels steps where given. Episodes that this critic's version has judged are not paid for again. */
  critic?: ChatModel;
}

export interface Score {
  /** Finished episodes that were judged. */
  episodes: number;
  kept: number;
  rejected: number;
  /** Rule → episodes that broke it; one episode may break several. */
  reasons: Record<string, number>;
  /** Present where a critic was given. */
  critic?: { success: number; failure: number; unreadable: number };
}

/**
 * Judges every finished episode of a run. What is kept becomes an experience that ExpSearch finds.
 * It may be called again at any time; verdicts take the place of earlier ones.
 */
export async function scoreRun(store: Store, runId: string, options: ScoreOptions = {}): Promise<Score> {
  await store.runs.get(runId);
  const score: Score = { episodes: 0, kept: 0, rejected: 0, reasons: {} };
  const criticism = options.critic === undefined ? undefined : startCriticism(store, options.critic);
  for await (const trajectory of finishedTrajectories(store, runId)) {
    const { kept, reasons } = await judge(store, trajectory);
    score.episodes++;
    if (kept) {
      score.kept++;
      await keepExperiences(store, trajectory);
    } else {
      score.rejected++;
      await store.experiences.forget(trajectory.episode.id);
    }
    for (const { rule } of reasons) score.reasons[rule] = (score.reasons[rule] ?? 0) + 1;
    await criticism?.add(trajectory, kept);
  }
  if (criticism !== undefined) score.critic = await criticism.finish();
  return score;
}

/** Several critic calls at a time, while the rules go on judging. */
function startCriticism(store: Store, model: ChatModel) {
  const counts = { success: 0, failure: 0, unreadable: 0 };
  const queue = new PQueue({ concurrency: concurrentCalls });
  let failure: unknown;
  const criticiseOne = async (trajectory: Trajectory, kept: boolean) => {
    // A model that is down, or refuses the key, is not asked a thousand times.
    if (failure !== undefined) return;
    try {
      counts[earlier(trajectory) ?? (await criticise(store, model, trajectory))]++;
      // Its labels say where the trajectory has parts.
      if (kept) await keepExperiences(store, trajectory);
    } catch (error) {
      failure = error;
    }
  };
  return {
    /** Waits while enough trajectories are waiting, so that a long run does not fill the memory. */
    async add(trajectory: Trajectory, kept: boolean): Promise<void> {
      await queue.onSizeLessThan(concurrentCalls);
      void queue.add(() => criticiseOne(trajectory, kept));
    },
    /** Throws the first error of the model. */
    async finish() {
      await queue.onIdle();
      if (failure !== undefined) throw failure;
      return counts;
    },
  };
}

function earlier({ verdicts }: Trajectory): "success" | "failure" | undefined {
  const verdict = verdicts.find(
    ({ source, version }) => source === "critic" && version === stepCriticPrompt.id,
  );
  if (verdict === undefined) return undefined;
  return verdict.success ? "success" : "failure";
}
