import { Command } from "commander";
import { addAgentChoice, type AgentOptions } from "../agent/options.ts";
import { addDeviceOptions, addAgentOptions, type DeviceOptions, type ModelOptions } from "../connect.ts";
import { DEFAULT_DB, positiveInt, wholeNumber } from "../options.ts";

export interface RunOptions extends DeviceOptions, ModelOptions, AgentOptions {
  db: string;
  resume?: string;
  only?: string[];
  instances?: number;
  samples?: number;
  seed?: number;
  snapshot?: string;
  json?: boolean;
}

export function runCommand(): Command {
  const command = new Command("run")
    .description("Let the agent carry out the tasks of a suite on devices, and record every step.")
    .argument("[suite]", "YAML file, such as tasks/everyday.yaml; not with --resume or --replay")
    .option("--resume <run>", "go on with a stopped run: its tasks and seeds are those it was started with")
    .option("--db <file>", "database that the run is written to", DEFAULT_DB)
    .option("--only <template...>", "only these templates of the suite")
    .option("--instances <n>", "instances drawn of each template (default: 1)", positiveInt)
    .option("--samples <n>", "episodes of each instance (default: 1)", positiveInt)
    .option("--seed <n>", "tasks, samples and model seeds follow from it (default: 1)", wholeNumber)
    .option(
      "--snapshot <name>",
      "emulator snapshot that is loaded before every episode; a resumed run has its own unless one is named",
    )
    .option("--json", "JSON lines: each event, then the summary");
  addDeviceOptions(command);
  addAgentChoice(command);
  addAgentOptions(command);
  return command
    .addHelpText(
      "after",
      `
Ctrl-C lets the steps in flight finish and leaves a run that --resume goes on with; a second Ctrl-C stops at once.
Exit code 0 when every episode has a result, good or bad; 1 when devices or the model left some without one, which
--resume tries again; 2 when something must be mended first.

Examples:
  $ androidgen run tasks/everyday.yaml --base-url http://localhost:8000/v1 --model my-model --snapshot clean
  $ androidgen run tasks/demo.yaml --only wifi bluetooth --samples 4 --device emulator-5554 emulator-5556 \\
      --base-url http://localhost:8000/v1 --model my-model
  $ androidgen run --resume 20261122-233055-3f9a --base-url http://localhost:8000/v1 --model my-model`,
    )
    .action(async (suite: string | undefined, options: RunOptions) => {
      const { run } = await import("../run/run.ts");
      await run(suite, options);
    });
}
