import type { Intent, Json } from "../system/services.ts";
import { actionMain, categoryLauncher } from "../system/intents.ts";

export interface IntentArguments {
  intent: Intent;
  /** Flags of the command itself, such as `-W`. */
  flags: Set<string>;
}

/** A message for stderr; Android's commands print it and end with 255. */
export class IntentError extends Error {
  override readonly name = "IntentError";
}

/** Options of `am` that take a value and mean nothing to a phone with one user and one display. */
const ignoredValues = new Set([
  "--user",
  "--display",
  "--receiver-permission",
  "-R",
  "-P",
  "--windowingMode",
  "--task",
]);

const intentFlags: Record<string, number> = {
  "--activity-brought-to-front": 0x00400000,
  "--activity-clear-task": 0x00008000,
  "--activity-clear-top": 0x04000000,
  "--activity-clear-when-task-reset": 0x00080000,
  "--activity-exclude-from-recents": 0x00800000,
  "--activity-no-animation": 0x00010000,
  "--activity-no-history": 0x40000000,
  "--activity-single-top": 0x20000000,
  "--debug-log-resolution": 0x00000008,
  "--exclude-stopped-packages": 0x00000010,
  "--grant-read-uri-permission": 0x00000001,
  "--grant-write-uri-permission": 0x00000002,
  "--include-stopped-packages": 0x00000020,
  "--receiver-foreground": 0x10000000,
};

const extraKinds: Record<string, (text: string) => Json> = {
  "-e": (text) => text,
  "--es": (text) => text,
  "--eu": (text) => text,
  "--ecn": (text) => text,
  "--ei": (text) => whole(text),
  "--el": (text) => whole(text),
  "--ef": (text) => Number(text),
  "--ed": (text) => Number(text),
  "--ez": (text) => truth(text),
  "--esa": (text) => text.split(/(?<!\\),/u).map((item) => item.replaceAll("\\,", ",")),
  "--eia": (text) => text.split(",").map(whole),
  "--ela": (text) => text.split(",").map(whole),
};

function whole(text: string): number {
  if (!/^[+-]?(?:0x[0-9a-f]+|\d+)$/iu.test(text)) throw new IntentError(`Error: For input string: "${text}"`);
  return Number(text);
}

function truth(text: string): boolean {
  if (["true", "t", "1"].includes(text)) return true;
  if (["false", "f", "0"].includes(text)) return false;
  throw new IntentError(`Error: Invalid boolean value: ${text}`);
}

/** Reads what `Intent.parseCommandArgs` of Android reads, and the flags that are the command's own. */
export function parseIntent(args: readonly string[], commandFlags: readonly string[]): IntentArguments {
  const intent: Intent = {};
  const extras: Record<string, Json> = {};
  const flags = new Set<string>();
  const positional: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const option = args[at]!;
    const next = (): string => {
      const value = args[++at];
      if (value === undefined) throw new IntentError(`Error: Argument expected after "${option}"`);
      return value;
    };
    const kind = extraKinds[option];
    const bit = intentFlags[option];
    if (kind !== undefined) extras[next()] = kind(next());
    else if (option === "--esn") extras[next()] = null;
    else if (bit !== undefined) intent.flags = (intent.flags ?? 0) | bit;
    else if (option === "-a") intent.action = next();
    else if (option === "-d") intent.data = next();
    else if (option === "-t") intent.type = next();
    else if (option === "-c") intent.categories = [...(intent.categories ?? []), next()];
    else if (option === "-n") intent.component = component(next());
    else if (option === "-p") intent.package = next();
    else if (option === "-i") next();
    else if (option === "-f") intent.flags = (intent.flags ?? 0) | whole(next());
    else if (commandFlags.includes(option)) flags.add(option);
    else if (ignoredValues.has(option)) next();
    else if (option.startsWith("-")) throw new IntentError(`Error: Unknown option: ${option}`);
    else positional.push(option);
  }
  if (Object.keys(extras).length > 0) intent.extras = extras;
  for (const word of positional) takePositional(intent, word);
  return { intent, flags };
}

function component(text: string): string {
  if (!/^[^/]+\/.+$/u.test(text)) throw new IntentError(`Error: Bad component name: ${text}`);
  return text;
}

/** `<URI> | <COMPONENT> | <PACKAGE>`; a package alone means its launcher. */
function takePositional(intent: Intent, word: string): void {
  if (word.includes(":")) intent.data = word;
  else if (word.includes("/")) intent.component = component(word);
  else {
    intent.package = word;
    intent.action ??= actionMain;
    intent.categories ??= [categoryLauncher];
    return;
  }
  if (intent.data !== undefined) intent.action ??= "android.intent.action.VIEW";
}

/** As android.content.Intent.toString prints it, with private parts of the data left out. */
export function formatIntent(intent: Intent): string {
  const parts: string[] = [];
  if (intent.action !== undefined) parts.push(`act=${intent.action}`);
  if (intent.categories !== undefined) parts.push(`cat=[${intent.categories.join(",")}]`);
  if (intent.data !== undefined) parts.push(`dat=${safeUri(intent.data)}`);
  if (intent.type !== undefined) parts.push(`typ=${intent.type}`);
  if (intent.flags !== undefined) parts.push(`flg=0x${(intent.flags >>> 0).toString(16)}`);
  if (intent.package !== undefined) parts.push(`pkg=${intent.package}`);
  if (intent.component !== undefined) parts.push(`cmp=${intent.component}`);
  if (intent.extras !== undefined) parts.push("(has extras)");
  return `Intent { ${parts.join(" ")} }`;
}

function safeUri(uri: string): string {
  const colon = uri.indexOf(":");
  const scheme = uri.slice(0, colon).toLowerCase();
  if (["tel", "sip", "sms", "smsto", "mailto"].includes(scheme))
    return `${scheme}:${uri.slice(colon + 1).replace(/[^-.@]/gu, "x")}`;
  const host = /^(https?|ftp|rtsp):\/\/([^/?#]*)/iu.exec(uri);
  return host === null ? uri : `${host[1]!.toLowerCase()}://${host[2]}/...`;
}
