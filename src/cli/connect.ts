import { Command, Option } from "commander";
import { port, positiveInt, share } from "./options.ts";

/** Which devices are used, as the options say it. */
export interface DeviceOptions {
  device?: string[];
  adbHost: string;
  adbPort: number;
}

/** Which model is used, as the options say it. */
export interface ModelOptions {
  baseUrl?: string;
  model?: string;
  plannerModel?: string;
  criticModel?: string;
  apiKeyEnv: string;
  temperature?: number;
  modelTimeout: number;
}

/** Where the adb server is. */
export function adbAddress(options: DeviceOptions): { host: string; port: number } {
  return { host: options.adbHost, port: options.adbPort };
}

export function addDeviceOptions(command: Command): Command {
  return command
    .option("--device <serial...>", "adb serials to use; every connected device where not given")
    .option("--adb-host <host>", "host of the adb server", "127.0.0.1")
    .addOption(
      new Option("--adb-port <port>", "port of the adb server")
        .env("ANDROID_ADB_SERVER_PORT")
        .default(5037)
        .argParser(port),
    );
}

export function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--base-url <url>", "OpenAI-compatible endpoint, up to and including /v1").env(
        "OPENAI_BASE_URL",
      ),
    )
    .addOption(new Option("--model <name>", "model of the policy").env("ANDROIDGEN_MODEL"))
    .option("--planner-model <name>", "model that plans; that of the policy where not given")
    .option("--critic-model <name>", "model that judges; that of the policy where not given")
    .option("--api-key-env <variable>", "environment variable that holds the key", "OPENAI_API_KEY")
    .option(
      "--temperature <t>",
      "sampling temperature of the policy, 0 to 1; the endpoint's own where not given",
      share,
    )
    .option("--model-timeout <seconds>", "bound of one model call", positiveInt, 120);
}
