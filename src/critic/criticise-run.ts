import PQueue from "p-queue";
import { AndroidGenError } from "../errors.ts";
import { nothingSpent } from "../llm/index.ts";
import type { Store } from "../store/index.ts";
import { type Critic, criticise } from "./critic.ts";
import type { CriticScore } from "./score.ts";
import { finishedTrajectories, type Trajectory } from "./trajectory.ts";

/** Trajectories that are judged at a time. */
const concurrent = 4;

export interface CriticisedRun {
  score: Omit<CriticScore, "agreement">;
  /** Episode → whether the critic found it a success. */
  verdicts: Map<string, boolean>;
  /** The first error of the model, after which nothing was asked any more. */
  failure?: unknown;
}

/** Puts every finished episode of a run to the critic, several at a time. */
export async function criticiseRun(store: Store, runId: string, critic: Critic): Promise<CriticisedRun> {
  const run: CriticisedRun = {
    score: {
      success: 0,
      failure: 0,
      unreadable: 0,
      refused: 0,
      spent: { ...nothingSpent },
    },
    verdicts: new Map(),
  };
  const queue = new PQueue({ concurrency: concurrent });
  for await (const trajectory of finishedTrajectories(store, runId)) {
    // Waits while enough are waiting, so that a long run does not fill the memory.
    await queue.onSizeLessThan(concurrent);
    if (run.failure !== undefined) break;
    void queue.add(() => criticiseOne(store, critic, trajectory, run));
  }
  await queue.onIdle();
  return run;
}

/** Never throws. A model that is down, or refuses the key, is not asked a thousand times. */
async function criticiseOne(
  store: Store,
  critic: Critic,
  trajectory: Trajectory,
  run: CriticisedRun,
): Promise<void> {
  if (run.failure !== undefined) return;
  try {
    const outcome = await criticise(store, critic, trajectory, run.score.spent);
    run.score[outcome]++;
    if (outcome !== "unreadable") run.verdicts.set(trajectory.episode.id, outcome === "success");
  } catch (error) {
    if (isRefusal(error)) run.score.refused++;
    else run.failure ??= error;
  }
}

/** A prompt that the model will not answer, or that used up its episode's budget, says nothing of the next one. */
function isRefusal(error: unknown): boolean {
  if (!AndroidGenError.isInstance(error)) return false;
  return (error.class === "llm" && !error.retryable) || error.class === "agent";
}
