import { Command, Option } from "commander";
import { addAgentOptions, addDeviceOptions, type DeviceOptions, type ModelOptions } from "../connect.ts";
import { positiveInt, share, wholeNumber } from "../options.ts";

/** Agents that an ablation can measure besides AndroidGen's. */
const baselines = ["text", "picture"] as const;
export type Baseline = (typeof baselines)[number];

export interface AblateOptions extends DeviceOptions, ModelOptions {
  db?: string;
  only?: string[];
  instances: number;
  samples: number;
  seed: number;
  snapshot?: string;
  devices: number;
  errorRate: number;
  agents?: Baseline[];
  examplesFrom?: string;
  embeddings?: string;
  json?: boolean;
}

export function ablateCommand(): Command {
  const command = new Command("ablate")
    .description("Measure what each of AndroidGen's modules adds, as in the paper's ablation.")
    .argument("<suite>", "YAML file, such as tasks/demo.yaml")
    .option("--db <file>", "database of this ablation alone; a new one in trajectories/ where not given")
    .option("--only <template...>", "only these templates of the suite")
    .option("--instances <n>", "instances drawn of each template", positiveInt, 1)
    .option("--samples <n>", "episodes of each instance", positiveInt, 1)
    .option(
      "--seed <n>",
      "tasks, samples and model seeds follow from it, the same for each arm",
      wholeNumber,
      1,
    )
    .option("--snapshot <name>", "emulator snapshot that is loaded before every episode")
    .option("--devices <n>", "simulated devices, where none is named", positiveInt, 4)
    .option(
      "--error-rate <share>",
      "share of the scripted model's replies that are wrong on purpose",
      share,
      0.12,
    )
    .addOption(
      new Option("--agents <kind...>", "single-call agents that are measured as well").choices(baselines),
    )
    .option(
      "--examples-from <db>",
      "database whose experiences ExpSearch shows; those of the arm before where not given",
    )
    .option(
      "--embeddings <file>",
      "embedding model that tells which goals are alike (docs/examples.md); their words tell without one",
    )
    .option("--json", "one JSON line for each arm, then one for the whole");
  addDeviceOptions(command, "simulated ones");
  addAgentOptions(command);
  return command
    .addHelpText(
      "after",
      `
The arms are base, +ReflectPlan, +AutoCheck and +ExpSearch, each with the modules of the one before: a run of its own
in one database, with the same tasks and seeds, one after the other. The last one is shown experiences, never of the
task's own template. An ablation that was stopped goes on when the same command names its --db. --budget-tokens and
--budget-usd are for all arms together; where they are spent, it goes on with larger ones.

Without --device simulated phones are used; without a model the scripted one, which knows only the demo suite, is no
LLM, and makes the same mistakes in each arm.

Examples:
  $ androidgen ablate tasks/demo.yaml
  $ androidgen ablate tasks/demo.yaml --instances 2 --samples 2 --seed 7 --json
  $ androidgen ablate my-suite.yaml --device emulator-5554 emulator-5556 --snapshot clean --agents text \\
      --base-url http://localhost:8000/v1 --model my-model`,
    )
    .action(async (suite: string, options: AblateOptions) => {
      const { ablate } = await import("../ablate/ablate.ts");
      await ablate(suite, options);
    });
}
