import { scoreRun, type Score } from "../../critic/index.ts";
import { openStore } from "../../store/index.ts";
import type { ScoreOptions } from "../commands/score.ts";
import { openModel } from "../model.ts";
import { print, printJson } from "../output.ts";
import { chosenRuns } from "../runs.ts";

export async function scoreRuns(options: ScoreOptions): Promise<void> {
  const critic = options.critic === true ? openModel(options) : undefined;
  const store = await openStore(options.db, { existing: true });
  try {
    for (const run of await chosenRuns(store, options.run)) {
      const score = await scoreRun(store, run, critic === undefined ? {} : { critic });
      if (options.json === true) printJson({ run, ...score });
      else printScore(run, score);
    }
  } finally {
    await store.close();
  }
}

export function printScore(run: string, score: Score): void {
  print(`run ${run}: ${score.kept} of ${score.episodes} finished episodes kept, ${score.rejected} rejected`);
  const reasons = Object.entries(score.reasons).sort(([, a], [, b]) => b - a);
  for (const [rule, count] of reasons) print(`  ${String(count).padStart(5)}  broke ${rule}`);
  if (score.critic !== undefined) {
    const { success, failure, unreadable } = score.critic;
    print(
      `StepCritic: ${success} reached every condition, ${failure} did not, ${unreadable} replies could not be read`,
    );
  }
}
