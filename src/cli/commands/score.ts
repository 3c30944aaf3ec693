import { Command } from "commander";
import { addEndpointOptions, type ModelOptions } from "../connect.ts";
import { collect, DEFAULT_DB } from "../options.ts";

export interface ScoreOptions extends ModelOptions {
  db: string;
  run?: string[];
  critic?: boolean;
  json?: boolean;
}

export function scoreCommand(): Command {
  const command = new Command("score")
    .description("Judge the finished episodes of a run and say which are kept, and why the others are not.")
    .option("--db <file>", "database of the run", DEFAULT_DB)
    .option("--run <id>", "run to score, may be given several times; the newest where not given", collect)
    .option("--critic", "also ask StepCritic, by --model, which parts of the goal were reached when")
    .option("--json", "one JSON line");
  addEndpointOptions(command);
  return command
    .addHelpText(
      "after",
      `
An episode is kept when its checks passed, the agent said that it was done, and the rules hold: no loops, no runs of
actions without effect, no repetition. StepCritic adds step labels, of which sub-goal samples are made.

Examples:
  $ androidgen score
  $ androidgen score --run 20261122-233055-3f9a --critic --base-url http://localhost:8000/v1 --model my-model`,
    )
    .action(async (options: ScoreOptions) => {
      const { scoreRuns } = await import("../score/score.ts");
      await scoreRuns(options);
    });
}
