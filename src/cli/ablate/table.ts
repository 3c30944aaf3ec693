import { print, printTable } from "../output.ts";
import { countsInWords } from "../run/summary.ts";
import type { ArmResult } from "./measure.ts";

/** What a reader of the figures must know. */
export function caveats(scripted: boolean, otherExamples: boolean): string[] {
  const from = otherExamples ? "the database of --examples-from" : "the kept episodes of the arm before";
  return [
    ...(scripted
      ? [
          "The model is a script, not an LLM: it knows the way to each goal and learns nothing from examples. Its mistakes " +
            "are drawn by seed, task and round, the same in each arm, and some are of kinds that a plan or a check " +
            "prevents: the figures show that the modules work, and say nothing about models.",
        ]
      : []),
    `ExpSearch is shown experiences from ${from}, never of the task's own template.`,
    "Intervals are 95 % Wilson intervals; arms share their tasks, so differences are surer than they look.",
  ];
}

export function printTableOf(results: readonly ArmResult[], notes: readonly string[]): void {
  print("");
  printTable(
    ["arm", "success", "95 %", "steps", "calls", "tokens", "cost", "refusals", "shown examples", "device s"],
    results.map((one) => [
      one.arm,
      `${one.succeeded}/${one.n}${one.success === null ? "" : ` ${percent(one.success.value)}`}`,
      one.success === null ? "" : `${percent(one.success.low)} to ${percent(one.success.high)}`,
      one.steps,
      one.calls,
      one.tokens,
      one.costUsd === 0 ? "" : `$${one.costUsd.toFixed(2)}`,
      Object.values(one.refusals).reduce((sum, count) => sum + count, 0),
      `${one.shownExamples}/${one.n}`,
      one.deviceSeconds,
    ]),
  );
  print("");
  for (const one of results) {
    const refusals = countsInWords(one.refusals);
    const findings = countsInWords(one.findings);
    if (refusals !== "") print(`${one.arm}: refused by ${refusals}`);
    if (findings !== "") print(`${one.arm}: doubted by ${findings}`);
  }
  for (const note of notes) print(`\n${note}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
