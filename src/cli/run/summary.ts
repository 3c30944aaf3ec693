import type { RunResult } from "../../run/index.ts";
import { print, printTable } from "../output.ts";

/** What became of a run, by template and as a whole. */
export function printSummary({ summary, steps, seconds }: RunResult, db: string): void {
  print("");
  printTable(
    ["template", "episodes", "succeeded", "failed", "errors", "open", "steps (median)"],
    summary.templates.map((row) => [
      row.template,
      row.episodes,
      row.succeeded,
      row.failed,
      row.errors,
      row.open,
      row.succeeded === 0 ? "" : row.stepsP50,
    ]),
  );
  const ended = summary.succeeded + summary.failed;
  const rate = ended === 0 ? "" : ` (${Math.round((100 * summary.succeeded) / ended)} % of those that ended)`;
  print(
    `\n${summary.succeeded} of ${summary.episodes} episodes succeeded${rate}; ` +
      `${summary.failed} failed, ${summary.errors} without a result, ${summary.open} open`,
  );
  print(
    `${steps} steps in ${seconds.toFixed(1)} s (${(seconds === 0 ? 0 : steps / seconds).toFixed(1)} steps/s); ` +
      `in all ${summary.calls} model calls, ${summary.promptTokens + summary.completionTokens} tokens` +
      (summary.costUsd === 0 ? "" : `, $${summary.costUsd.toFixed(2)}`),
  );
  const refused = countsInWords(summary.refusals);
  const foundWrong = countsInWords(summary.findings);
  if (refused !== "") print(`steps refused by ${refused}`);
  if (foundWrong !== "") print(`steps whose outcome was doubted by ${foundWrong}`);
  for (const [code, count] of Object.entries(summary.errorCodes))
    print(`  ${count} attempts ended by ${code}`);
  print(`run ${summary.run} in ${db}`);
}

/** `grammar 5, device 2`. */
export function countsInWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
