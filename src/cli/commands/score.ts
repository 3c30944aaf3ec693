import { Command, InvalidArgumentError, Option } from "commander";
import { addModelOptions, type ModelOptions } from "../connect.ts";
import { collect, DEFAULT_DB, positiveInt } from "../options.ts";

export interface ScoreOptions extends ModelOptions {
  db: string;
  run?: string[];
  critic?: "plain" | "strict";
  /** Of the strict critic; 3 where absent. */
  votes?: number;
  json?: boolean;
}

export function scoreCommand(): Command {
  const command = new Command("score")
    .description("Judge the finished episodes of a run and say which are kept, and why the others are not.")
    .option("--db <file>", "database of the run", DEFAULT_DB)
    .option("--run <id>", "run to score, may be given several times; the newest where not given", collect)
    .addOption(
      new Option(
        "--critic [mode]",
        "also ask StepCritic, by --model, which parts of the goal were reached when",
      )
        .choices(["plain", "strict"])
        .preset("plain"),
    )
    .option("--votes <n>", "votes of the strict critic that must agree, from 2 on (default: 3)", votes)
    .option("--json", "one JSON line for each run");
  addModelOptions(command);
  return command
    .addHelpText(
      "after",
      `
An episode is kept when its checks passed, the agent said that it was done, and the rules hold: no loops, no runs of
actions without effect, no repetition. Where a task has no checks, as in imported trajectories, a person's verdict
counts, then the strict critic's, then the plain one's.

StepCritic labels steps, of which sub-goal samples are made. Plain, it is one call for each episode. Strict, it sees
screens and actions but nothing that the agent says; each condition must show on the screen after its step; and every
vote, each with the evidence in another order, must agree. The first vote against ends it. An episode that the same
model has judged in the same way is not paid for again. Budgets are of this call of score alone.

Where episodes have checks too, it is counted how often the critic agrees with them.

Examples:
  $ androidgen score
  $ androidgen score --critic --base-url http://localhost:8000/v1 --model my-model
  $ androidgen score --run 20261122-233055-3f9a --critic strict --votes 5 --models models.yaml --budget-usd 4`,
    )
    .action(async (options: ScoreOptions) => {
      const { scoreRuns } = await import("../score/score.ts");
      await scoreRuns(options);
    });
}

/** One vote has nothing to agree with. */
function votes(text: string): number {
  const value = positiveInt(text);
  if (value < 2) throw new InvalidArgumentError("a whole number from 2 on is needed");
  return value;
}
