import type { IntentWay, TypedText } from "../declaration.ts";
import { uriPart } from "../encode.ts";
import { fill } from "../holes.ts";

/** Options of `am` for typed extras (`Intent.parseCommandArgs`); each takes the next two arguments as they are. */
const extraOptions: Record<TypedText["type"], string> = {
  string: "--es",
  int: "--ei",
  long: "--el",
  float: "--ef",
  boolean: "--ez",
};

/**
 * The command that sends an intent, to one app where a package is given. `-W` waits until the activity is there.
 *
 * @param whole parameters whose value is a URI itself, and stands in `data` as it is.
 */
export function intentCommand(
  intent: IntentWay,
  values: ReadonlyMap<string, string>,
  packageName: string | undefined,
  whole: ReadonlySet<string>,
): string[] {
  const argv = intent.broadcast ? ["am", "broadcast"] : ["am", "start", "-W"];
  argv.push("-a", intent.action);
  if (intent.data !== undefined) argv.push("-d", dataOf(intent.data, values, whole));
  if (intent.mimeType !== undefined) argv.push("-t", intent.mimeType);
  for (const [name, { type, text }] of Object.entries(intent.extras)) {
    const value = fill(text, values);
    if (value !== undefined) argv.push(extraOptions[type], name, value);
  }
  return packageName === undefined ? argv : [...argv, "-p", packageName];
}

function dataOf(template: string, values: ReadonlyMap<string, string>, whole: ReadonlySet<string>): string {
  const only = /^\{(\w+)\}$/u.exec(template)?.[1];
  const encode = only !== undefined && whole.has(only) ? undefined : uriPart;
  return fill(template, values, encode)!;
}
