import { type Action, misfit } from "../action/index.ts";
import type { Device, ShellResult } from "../device/index.ts";
import type { AppApi } from "./declaration.ts";
import { fill } from "./holes.ts";
import { writeValues } from "./values.ts";
import { contentCommand } from "./ways/content.ts";
import { intentCommand } from "./ways/intent.ts";

/** What became of a call: what the app gave, or why it was not carried out, which is the agent's to mend. */
export type ApiResult = { ok: true; output?: string } | { ok: false; reason: string };

/** What is kept of an output, in characters. */
const longestOutput = 2000;
const longestReason = 300;

/**
 * Calls an app interface, one of those that are offered; any other is refused. The device gets one command as an
 * argument vector: no argument of the call is read as an option, by a shell, as SQL or as part of a URI. A device that
 * cannot be reached throws.
 */
export async function performApi(
  device: Device,
  apis: readonly AppApi[],
  { name, args }: Extract<Action, { type: "callApi" }>,
): Promise<ApiResult> {
  const api = apis.find((one) => one.name === name);
  if (api === undefined) {
    return { ok: false, reason: `the app interface ${JSON.stringify(name)} is not offered` };
  }
  const problem = misfit(api, args);
  if (problem !== undefined) return { ok: false, reason: problem };
  const packageName = await appFor(device, api);
  if (packageName === undefined && api.packages.length > 0) {
    return { ok: false, reason: `${name} needs one of these apps: ${api.packages.join(", ")}` };
  }
  const written = await writeValues(device, api, args);
  if (!written.ok) return written;
  const argv = commandOf(api, written.values, packageName);
  // `settings` reads a word of this form as an option wherever it stands.
  if (api.way.kind === "setting" && argv.at(-1)!.startsWith("--")) {
    return { ok: false, reason: `${name}: a setting cannot have the value ${JSON.stringify(argv.at(-1))}` };
  }
  return resultOf(api, await device.shell(argv));
}

async function appFor(device: Device, { packages }: AppApi): Promise<string | undefined> {
  if (packages.length === 0) return undefined;
  const installed = await device.apps();
  return packages.find((name) => installed.some((app) => app.package === name));
}

/** @param packageName the app that shall take an intent. */
function commandOf(
  { way, params }: AppApi,
  values: ReadonlyMap<string, string>,
  packageName: string | undefined,
): string[] {
  switch (way.kind) {
    case "intent": {
      const addresses = params.filter((param) => param.format === "url").map((param) => param.name);
      return intentCommand(way.intent, values, packageName, new Set(addresses));
    }
    case "setting": {
      const { namespace, key, value } = way.setting;
      if (value === undefined) return ["settings", "get", namespace, key];
      return ["settings", "put", namespace, key, fill(value, values)!];
    }
    case "content":
      return contentCommand(way.content, values);
    case "service":
      return way.service.map((word) => fill(word, values)!);
  }
}

function resultOf({ name, way }: AppApi, result: ShellResult): ApiResult {
  const said = `${result.stderr}\n${complaintsIn(result.stdout)}`;
  const problem = /^\s*(?:\[ERROR\].*|Error\b.*|.*(?:Exception|Permission Denial).*)/mu
    .exec(said)?.[0]
    .trim();
  if (problem !== undefined || result.exitCode !== 0) {
    const reason = problem ?? (result.stderr || result.stdout).trim();
    return {
      ok: false,
      reason: `${name}: ${reason.slice(0, longestReason) || `exit code ${result.exitCode}`}`,
    };
  }
  const output = way.kind === "intent" ? "" : result.stdout.trim();
  return output === "" ? { ok: true } : { ok: true, output: bounded(output) };
}

/** Some tools complain on stdout. Rows, and an intent that is told, may hold any words: they are no complaint. */
function complaintsIn(stdout: string): string {
  if (stdout.startsWith("Row: ")) return "";
  return stdout
    .split("\n")
    .filter((line) => /^\s*(?:\[ERROR\]|Error\b|java\.lang\.)/u.test(line))
    .join("\n");
}

function bounded(text: string): string {
  if (text.length <= longestOutput) return text;
  // A pair of surrogates is not cut in two.
  const start = text.slice(0, longestOutput).replace(/[\uD800-\uDBFF]$/u, "");
  return `${start}… (${text.length - start.length} more characters)`;
}
