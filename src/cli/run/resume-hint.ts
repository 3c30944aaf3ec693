import type { DeviceOptions, ModelOptions } from "../connect.ts";
import { DEFAULT_DB } from "../options.ts";

export interface ResumeOptions extends DeviceOptions, ModelOptions {
  db: string;
  apis?: string;
  embeddings?: string;
}

/** Where adb servers listen by default, and the variable that keys are read from. */
const usual = { adbHost: "127.0.0.1", adbPort: 5037, apiKeyEnv: "OPENAI_API_KEY" };

/**
 * The command that goes on with a run, ready to be pasted: with the database, devices and models that were named. What
 * the run keeps by itself, such as its agent and its snapshot, is left out.
 * @param more takes the place of what the options say.
 */
export function resumeCommand(run: string, options: ResumeOptions, more: Partial<ModelOptions> = {}): string {
  const words = ["androidgen", "run", "--resume", run];
  const add = (flag: string, value: string | number | undefined, except?: string | number): void => {
    if (value !== undefined && value !== except) words.push(flag, shellWord(String(value)));
  };
  const { adbHost, adbPort, device, appiumUrl } = options;
  add("--db", options.db, DEFAULT_DB);
  add("--adb-host", adbHost, usual.adbHost);
  add("--adb-port", adbPort, usual.adbPort);
  if (device !== undefined) words.push("--device", ...device.map(shellWord));
  add("--appium-url", appiumUrl);
  add("--apis", options.apis);
  add("--embeddings", options.embeddings);
  const models = { ...options, ...more };
  add("--models", models.models);
  add("--base-url", models.baseUrl);
  add("--model", models.model);
  add("--planner-model", models.plannerModel);
  add("--api-key-env", models.apiKeyEnv, usual.apiKeyEnv);
  add("--model-timeout", models.modelTimeout);
  add("--cassette", models.cassette);
  add("--cassette-mode", models.cassetteMode);
  add("--budget-tokens", more.budgetTokens);
  add("--budget-usd", more.budgetUsd);
  return words.join(" ");
}

/** An argument as a POSIX shell reads it as one. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
