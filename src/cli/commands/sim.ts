import { Command, Option } from "commander";
import { port, positiveInt, share, wholeNumber } from "../options.ts";

export interface SimOptions {
  devices: number;
  seed: number;
  latency: "none" | "realistic";
  clock: "stepped" | "real";
  adbPort?: number;
  consolePort?: number;
  model?: boolean;
  modelPort?: number;
  errorRate: number;
  json?: boolean;
}

export function simCommand(): Command {
  return new Command("sim")
    .description(
      "Start simulated Android devices, an adb server that knows them, and the scripted demo model.",
    )
    .option("--devices <n>", "how many", positiveInt, 1)
    .option("--seed <n>", "what is on the devices follows from it", wholeNumber, 1)
    .addOption(
      new Option("--latency <profile>", "how long the devices take")
        .choices(["none", "realistic"])
        .default("none"),
    )
    .addOption(
      new Option(
        "--clock <kind>",
        "real follows the host; stepped moves only when a device works, so that runs repeat",
      )
        .choices(["real", "stepped"])
        .default("real"),
    )
    .option("--adb-port <port>", "port of the adb server; a free one where not given", port)
    .option(
      "--console-port <port>",
      "even port of the first console, adbd is one above; free ones where not given",
      port,
    )
    .option("--no-model", "without the scripted demo model")
    .option("--model-port <port>", "port of the demo model; a free one where not given", port)
    .option("--error-rate <share>", "share of the demo model's replies that are wrong on purpose", share, 0)
    .option("--json", "one JSON line when ready")
    .addHelpText(
      "after",
      `
The devices are met as emulators are: over adb and over the emulator console. The demo model answers the OpenAI chat
API by rules; it is scripted, not an LLM, and knows only the goals of tasks/demo.yaml. Ctrl-C ends everything.

Examples:
  $ androidgen sim --devices 4 --adb-port 5137
  $ adb -P 5137 devices -l
  $ androidgen sim --console-port 5554       a real adb server that starts now finds it as emulator-5554`,
    )
    .action(async (options: SimOptions) => {
      const { serveSimulation } = await import("../sim/serve.ts");
      await serveSimulation(options);
    });
}
