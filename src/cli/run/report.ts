import type { RunResult, RunSummary } from "../../run/index.ts";
import type { Store } from "../../store/index.ts";
import { Interrupted } from "../interrupt.ts";
import { print, printJson } from "../output.ts";
import { type ResumeOptions, resumeCommand } from "./resume-hint.ts";
import type { StoredBudget } from "./settings.ts";
import { toGoOn } from "../to-go-on.ts";
import { printSummary } from "./summary.ts";

export interface ReportOptions extends ResumeOptions {
  json?: boolean;
}

/**
 * Prints what became of a run, and how to go on with it. Throws what stopped it, with that command in the message, so
 * that it decides the exit code.
 */
export function report(
  store: Store,
  result: RunResult & { interrupted: boolean },
  options: ReportOptions,
  budget: StoredBudget = {},
): void {
  const { summary, seconds, error } = result;
  if (options.json === true)
    printJson({ ...summary, seconds: Math.round(seconds * 10) / 10, db: store.file });
  else printSummary(result, store.file);
  const again = (more = {}): string => resumeCommand(summary.run, options, more);
  if (error !== undefined) {
    const hint =
      error.code === "BUDGET_SPENT"
        ? `Nothing recorded is lost; with a larger budget: ${again(larger(budget, summary))}`
        : `Nothing recorded is lost; when that is mended: ${again()}`;
    throw toGoOn(error, hint);
  }
  if (summary.errors > 0) {
    process.exitCode = 1;
    if (options.json !== true) print(`to try again what devices or the model failed: ${again()}`);
  }
  if (result.interrupted && summary.open > 0) throw new Interrupted(`stopped; go on with: ${again()}`);
}

/** Twice the budget, or twice what was spent where that is more. */
function larger({ budgetTokens, budgetUsd }: StoredBudget, spent: RunSummary): StoredBudget {
  const tokens = spent.promptTokens + spent.completionTokens;
  return {
    ...(budgetTokens === undefined ? {} : { budgetTokens: 2 * Math.max(budgetTokens, tokens) }),
    ...(budgetUsd === undefined ? {} : { budgetUsd: 2 * Math.max(budgetUsd, spent.costUsd) }),
  };
}
