import { Command } from "commander";
import { addDeviceOptions, addAgentOptions } from "../connect.ts";
import { positiveInt, wholeNumber } from "../options.ts";

export function tasksCommand(): Command {
  const tasks = new Command("tasks").description("List, make and prove task suites.").addHelpText(
    "after",
    `
Examples:
  $ androidgen tasks new my-suite.yaml
  $ androidgen tasks list my-suite.yaml
  $ androidgen tasks check my-suite.yaml --no-prove`,
  );
  tasks
    .command("list")
    .description("Show the templates of a suite, each with a goal drawn for it.")
    .argument("<suite>", "YAML file, such as tasks/demo.yaml")
    .option("--seed <n>", "seed of the drawn goals", wholeNumber, 1)
    .option("--json", "one JSON line per template")
    .addHelpText("after", "\nExample:\n  $ androidgen tasks list tasks/everyday.yaml --seed 7")
    .action(async (suite: string, options: { seed: number; json?: boolean }) => {
      const { listTasks } = await import("../tasks/list.ts");
      await listTasks(suite, options);
    });
  tasks
    .command("new")
    .description("Write a commented suite to start from.")
    .argument("<file>", "YAML file to be made; never overwritten")
    .addHelpText("after", "\nExample:\n  $ androidgen tasks new my-suite.yaml")
    .action(async (file: string) => {
      const { newSuite } = await import("../tasks/new.ts");
      await newSuite(file);
    });
  const check = tasks
    .command("check")
    .description(
      "Check a suite's shape, then on a device that its checks fail before the task and, proven, pass after.",
    )
    .argument("<suite>", "YAML file, such as tasks/demo.yaml")
    .option("--shape", "only read the file; no device is touched")
    .option("--no-prove", "only that the checks fail before the task; no model is asked")
    .option("--snapshot <name>", "emulator snapshot that every task starts from")
    .option("--only <template...>", "only these templates")
    .option("--instances <n>", "instances of each template", positiveInt, 1)
    .option("--seed <n>", "seed of the drawn tasks", wholeNumber, 1)
    .option("--json", "one JSON line per template, then one for the whole");
  addDeviceOptions(check, "simulated ones");
  addAgentOptions(check);
  check
    .addHelpText(
      "after",
      `
Without --device simulated devices are used; without --base-url the tasks are carried out by the scripted demo
model, which knows only the demo suite. A template that was not carried out is reported as not proven.
Exit code 0 when every template is good, 1 otherwise.

Examples:
  $ androidgen tasks check tasks/demo.yaml
  $ androidgen tasks check my-suite.yaml --shape
  $ androidgen tasks check my-suite.yaml --device emulator-5554 --base-url http://localhost:8000/v1 --model my-model`,
    )
    .action(async (suite: string, options) => {
      const { checkTasks } = await import("../tasks/check.ts");
      await checkTasks(suite, options);
    });
  return tasks;
}
