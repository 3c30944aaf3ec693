import { Command, Option } from "commander";
import { httpUrl, port, positiveInt, temperature } from "./options.ts";

/** How devices are driven, as the options say it. */
export interface DriverOptions {
  driver?: "adb" | "appium";
  appiumUrl?: string;
}

/** Which devices are used, as the options say it. */
export interface DeviceOptions extends DriverOptions {
  device?: string[];
  adbHost: string;
  adbPort: number;
}

/** Which model is used, as the options say it. */
export interface ModelOptions {
  baseUrl?: string;
  model?: string;
  plannerModel?: string;
  apiKeyEnv: string;
  temperature?: number;
  modelTimeout: number;
}

/** Where the adb server is. */
export function adbAddress(options: DeviceOptions): { host: string; port: number } {
  return { host: options.adbHost, port: options.adbPort };
}

export function addDriverOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--driver <name>", "how devices are driven: adb, or appium (default: adb)").choices([
        "adb",
        "appium",
      ]),
    )
    .option("--appium-url <url>", "Appium server to use; one is started and ended where not given", httpUrl);
}

export function addDeviceOptions(command: Command): Command {
  return addDriverOptions(command)
    .option("--device <serial...>", "adb serials to use; every connected device where not given")
    .option("--adb-host <host>", "host of the adb server", "127.0.0.1")
    .addOption(
      new Option("--adb-port <port>", "port of the adb server")
        .env("ANDROID_ADB_SERVER_PORT")
        .default(5037)
        .argParser(port),
    );
}

/** The endpoint, and the model that a role has where it has none of its own. */
export function addEndpointOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--base-url <url>", "OpenAI-compatible endpoint, up to and including /v1").env(
        "OPENAI_BASE_URL",
      ),
    )
    .addOption(new Option("--model <name>", "model to use").env("ANDROIDGEN_MODEL"))
    .option("--api-key-env <variable>", "environment variable that holds the key", "OPENAI_API_KEY")
    .option("--model-timeout <seconds>", "bound of one model call", positiveInt, 120);
}

/** The endpoint, and what only an agent needs. */
export function addAgentOptions(command: Command): Command {
  return addEndpointOptions(command)
    .option("--planner-model <name>", "model that plans; that of --model where not given")
    .option(
      "--temperature <t>",
      "sampling temperature of the policy, 0 to 2; the endpoint's own where not given",
      temperature,
    );
}
