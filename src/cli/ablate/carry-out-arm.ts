import type { Spending } from "../../llm/index.ts";
import { isComplete } from "../../run/index.ts";
import type { Store, StoredRun } from "../../store/index.ts";
import { experiencesOf } from "../agent/embeddings.ts";
import { Interrupted } from "../interrupt.ts";
import { openModelLayer } from "../model.ts";
import { print } from "../output.ts";
import { carryOut } from "../run/carry-out.ts";
import { outputProgress, plainProgress } from "../run/progress.ts";
import type { Ablation } from "./ablation.ts";
import type { Arm } from "./arms.ts";

/** Carries out what is left of an arm's run. Throws what stopped it, so that the arms after it are not begun. */
export async function carryOutArm(
  { store, bench, examples, embedder }: Ablation,
  { name, agent }: Arm,
  run: StoredRun,
  json: boolean,
): Promise<void> {
  if (!json) print(`\n${name}`);
  const { driver, devices, snapshot, signal } = bench;
  const experiences = await experiencesOf(
    examples ?? store,
    agent.modules.expSearch ? embedder : undefined,
    signal,
  );
  const progress = json ? plainProgress(process.stderr) : await outputProgress(process.stdout);
  try {
    const models = await openModelLayer(bench.asked, {
      spent: await spentBy(store),
      onEvent: progress.listener,
    });
    try {
      const { error, interrupted } = await carryOut({
        store,
        runId: run.id,
        agent,
        models,
        experiences,
        ...(snapshot === undefined ? {} : { snapshot }),
        driver,
        devices,
        progress,
        signal,
      });
      if (error !== undefined) throw error;
      if (interrupted && !(await isComplete(store, run.id))) throw new Interrupted("stopped");
    } finally {
      await models.close();
    }
  } finally {
    progress.close();
  }
}

/** By all arms together: a budget is for the whole ablation. */
async function spentBy(store: Store): Promise<Spending> {
  const spent = { calls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0 };
  for (const { id } of await store.runs.list()) {
    const usage = await store.calls.usage(id);
    for (const key of Object.keys(spent) as (keyof Spending)[]) spent[key] += usage[key];
  }
  return spent;
}
