import { Command, Option } from "commander";
import type { CassetteMode, ThinkingMode } from "../llm/index.ts";
import { dollars, httpUrl, port, positiveInt, temperature } from "./options.ts";

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

/** Which models are used, and how, as the options say it. */
export interface ModelOptions {
  /** Models file; it takes the place of the four options after it. */
  models?: string;
  baseUrl?: string;
  model?: string;
  plannerModel?: string;
  modelTimeout?: number;
  apiKeyEnv: string;
  temperature?: number;
  thinking?: ThinkingMode;
  maxTokens?: number;
  cassette?: string;
  cassetteMode?: CassetteMode;
  budgetTokens?: number;
  budgetUsd?: number;
  episodeTokens?: number;
  episodeUsd?: number;
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

/** `otherwise` says which devices are used where none is named. */
export function addDeviceOptions(command: Command, otherwise = "every connected device"): Command {
  return addDriverOptions(command)
    .option("--device <serial...>", `adb serials to use; ${otherwise} where not given`)
    .option("--adb-host <host>", "host of the adb server", "127.0.0.1")
    .addOption(
      new Option("--adb-port <port>", "port of the adb server")
        .env("ANDROID_ADB_SERVER_PORT")
        .default(5037)
        .argParser(port),
    );
}

/** Where a model is, and no more. */
export function addEndpointOptions(command: Command): Command {
  return command
    .option("--models <file>", "endpoints, models, fall-backs, limits and prices (docs/models.md)")
    .addOption(
      new Option("--base-url <url>", "OpenAI-compatible endpoint, up to and including /v1").env(
        "OPENAI_BASE_URL",
      ),
    )
    .addOption(new Option("--model <name>", "model to use").env("ANDROIDGEN_MODEL"))
    .option("--api-key-env <variable>", "environment variable that holds the key", "OPENAI_API_KEY")
    .option("--model-timeout <seconds>", "bound of one model call (default: 120)", positiveInt)
    .hook("preAction", leaveToModelsFile);
}

/** What the environment names is for those who name nothing else. */
function leaveToModelsFile(command: Command): void {
  if (command.getOptionValue("models") === undefined) return;
  for (const name of ["baseUrl", "model"]) {
    if (command.getOptionValueSource(name) === "env") command.setOptionValue(name, undefined);
  }
}

/** Where a model is, how it is asked, and what may be spent on it. */
export function addModelOptions(command: Command): Command {
  return addEndpointOptions(command)
    .addOption(
      new Option("--thinking <when>", "whether models think; auto: about hard calls only").choices([
        "on",
        "off",
        "auto",
      ]),
    )
    .option("--max-tokens <n>", "longest reply of a model, thinking included", positiveInt)
    .option(
      "--budget-tokens <n>",
      "stop before the run has spent more than this, prompt and reply",
      positiveInt,
    )
    .option("--budget-usd <dollars>", "the same in US dollars, by the prices in --models", dollars)
    .option("--cassette <file>", "tape of the model's replies")
    .addOption(
      new Option(
        "--cassette-mode <mode>",
        "record; replay, asking for what is missing; strict (default: replay)",
      ).choices(["record", "replay", "strict"]),
    );
}

/** The models of an agent. */
export function addAgentOptions(command: Command): Command {
  return addModelOptions(command)
    .option("--planner-model <name>", "model that plans; that of --model where not given")
    .option(
      "--temperature <t>",
      "sampling temperature of the policy, 0 to 2; the endpoint's own where not given",
      temperature,
    )
    .option("--episode-tokens <n>", "end an episode before it has spent more than this", positiveInt)
    .option("--episode-usd <dollars>", "the same in US dollars", dollars);
}
