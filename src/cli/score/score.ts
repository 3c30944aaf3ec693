import { type Critic, type CriticScore, scoreRun, type Score, type Share } from "../../critic/index.ts";
import { configError } from "../../errors.ts";
import { openStore, type Store } from "../../store/index.ts";
import type { ScoreOptions } from "../commands/score.ts";
import { chooseModels, openModelLayer } from "../model.ts";
import { print, printJson } from "../output.ts";
import { chosenRuns } from "../runs.ts";

/** Throws `SCORE_OPTIONS` (class `config`) where votes are asked for and nobody votes. */
export async function scoreRuns(options: ScoreOptions): Promise<void> {
  if (options.votes !== undefined && options.critic !== "strict") {
    throw configError("SCORE_OPTIONS", "--votes is for the strict critic; give --critic strict as well");
  }
  const store = await openStore(options.db, { existing: true });
  try {
    if (options.critic === undefined) return await scoreWith(store, options);
    const { use } = (await chooseModels(options)).roles.critic;
    const layer = await openModelLayer(options);
    try {
      await scoreWith(store, options, {
        model: layer.model,
        name: use[0]?.model ?? "cassette",
        ...(options.critic === "strict" ? { strict: { votes: options.votes ?? 3 } } : {}),
      });
    } finally {
      await layer.close();
    }
  } finally {
    await store.close();
  }
}

async function scoreWith(store: Store, options: ScoreOptions, critic?: Critic): Promise<void> {
  for (const run of await chosenRuns(store, options.run)) {
    const score = await scoreRun(store, run, critic === undefined ? {} : { critic });
    const by = {
      strict: critic?.strict !== undefined,
      scripted: critic?.name.endsWith(scriptedName) === true,
    };
    if (options.json === true)
      printJson({ run, ...score, ...(by.scripted ? { caveat: scriptedCaveat } : {}) });
    else printScore(run, score, by);
  }
}

/** The demo model says what it is by the end of its name. */
const scriptedName = "-scripted";

const scriptedCaveat =
  "the critic is a script that follows the rules of the scripted agent, not an LLM: this says nothing of a model's precision";

/** How the critic is, where there is one. */
interface CriticKind {
  strict: boolean;
  scripted: boolean;
}

export function printScore(run: string, score: Score, kind: CriticKind): void {
  print(`run ${run}: ${score.kept} of ${score.episodes} finished episodes kept, ${score.rejected} rejected`);
  const reasons = Object.entries(score.reasons).sort(([, a], [, b]) => b - a);
  for (const [rule, count] of reasons) print(`  ${String(count).padStart(5)}  broke ${rule}`);
  if (score.critic !== undefined) printCritic(score.critic, kind);
  else if (score.unjudged > 0) {
    print(
      `${score.unjudged} of them have no checks, and nobody has judged them; ask a critic: androidgen score --run ${run} --critic --base-url … --model …`,
    );
  }
}

function printCritic(critic: CriticScore, { strict, scripted }: CriticKind): void {
  const { success, failure, unreadable, refused, spent, agreement } = critic;
  print(
    `${strict ? "Strict StepCritic" : "StepCritic"}: ${success} reached every condition, ${failure} did not, ${unreadable} replies could not be read, ${refused} prompts were refused`,
  );
  const cost = spent.costUsd > 0 ? `, $${spent.costUsd.toFixed(4)}` : "";
  print(`  ${spent.calls} calls, ${spent.promptTokens} + ${spent.completionTokens} tokens${cost}`);
  const { n, tp, fp, fn, tn } = agreement;
  if (n === 0) return;
  print(
    `  beside the checks, n = ${n}: both success ${tp}, critic alone ${fp}, checks alone ${fn}, neither ${tn}`,
  );
  print(
    `  precision ${shown(agreement.precision)}, recall ${shown(agreement.recall)}, base rate ${shown(agreement.baseRate)}; 95 % Wilson intervals`,
  );
  if (scripted) print(`  note: ${scriptedCaveat}`);
}

function shown(share: Share | null): string {
  if (share === null) return "not to be had";
  const percent = (value: number) => (100 * value).toFixed(1);
  return `${percent(share.value)} % (${percent(share.low)} to ${percent(share.high)})`;
}
