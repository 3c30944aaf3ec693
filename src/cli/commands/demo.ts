import { Command } from "commander";
import { addDriverOptions, type DriverOptions } from "../connect.ts";
import { positiveInt, share, wholeNumber } from "../options.ts";

export interface DemoOptions extends DriverOptions {
  devices: number;
  instances: number;
  samples: number;
  seed: number;
  errorRate: number;
  out?: string;
  json?: boolean;
}

export function demoCommand(): Command {
  const command = new Command("demo")
    .description("The whole way on simulated devices: run the demo suite, score it, export a dataset.")
    .option("--devices <n>", "simulated devices", positiveInt, 4)
    .option("--instances <n>", "instances drawn of each template", positiveInt, 2)
    .option("--samples <n>", "episodes of each instance", positiveInt, 2)
    .option("--seed <n>", "everything follows from it", wholeNumber, 1)
    .option(
      "--error-rate <share>",
      "share of the scripted model's replies that are wrong on purpose",
      share,
      0.12,
    )
    .option("--out <folder>", "new folder for database and dataset; trajectories/demo-… where not given")
    .option("--json", "end with one JSON line");
  return addDriverOptions(command)
    .addHelpText(
      "after",
      `
Nothing but Node is needed: devices and adb server are simulated and met over adb, and the model is a scripted one, not
an LLM, met over the OpenAI chat API. Its wrong replies give the filter something to reject. With --driver appium, which
needs an Android SDK with platform-tools, the same devices are met over a real Appium server.

Examples:
  $ androidgen demo
  $ androidgen demo --driver appium
  $ androidgen demo --devices 8 --samples 4 --seed 7 --json`,
    )
    .action(async (options: DemoOptions) => {
      const { demo } = await import("../demo/demo.ts");
      await demo(options);
    });
}
