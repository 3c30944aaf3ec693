import {
  criticVerdict,
  type FinishedEpisode,
  finishedEpisodes,
  subGoals,
  type SubGoal,
} from "../critic/index.ts";
import { configError } from "../errors.ts";
import type { Store } from "../store/index.ts";

/** Without its steps: those of a big run do not fit into memory. */
export interface Candidate extends FinishedEpisode {
  /** The rule filter kept it. */
  kept: boolean;
  /** Parts of the goal that StepCritic found reached. */
  parts: SubGoal[];
}

/**
 * Every episode of the runs that was carried to its end. Throws `RUN_NOT_SCORED` for a run whose episodes the
 * rule filter has not judged yet, and `RUN_EMPTY` where nothing was carried out.
 */
export async function candidates(store: Store, runIds: readonly string[]): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const runId of runIds) {
    // An unknown run is named by the store.
    await store.runs.get(runId);
    const before = found.length;
    for await (const finished of finishedEpisodes(store, runId)) {
      const rules = finished.verdicts.findLast((verdict) => verdict.source === "rules");
      if (rules === undefined) {
        throw configError(
          "RUN_NOT_SCORED",
          `Run ${runId} is not scored. First: androidgen score --run ${runId}`,
        );
      }
      const critic = criticVerdict(finished.verdicts);
      found.push({ ...finished, kept: rules.success, parts: subGoals(critic?.labels ?? []) });
    }
    if (found.length === before) {
      throw configError(
        "RUN_EMPTY",
        `Run ${runId} has no finished episode. Go on with: androidgen run --resume ${runId}`,
      );
    }
  }
  return found;
}
