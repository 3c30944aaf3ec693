import { className, shortComponent, type ActivityRef } from "../system/intents.ts";
import { parseIntent, type IntentArguments } from "./intent-arguments.ts";

/** What `resolve-activity` and `query-activities` are asked for. */
export function queryIntent(args: readonly string[]): IntentArguments {
  const words = args.filter((word, index) => !isFlagsOption(word) && !isFlagsOption(args[index - 1]));
  return parseIntent(words, ["--brief", "--components"]);
}

function isFlagsOption(word: string | undefined): boolean {
  return word === "--query-flags";
}

/** A ResolveInfo as Android prints it: in two lines, in full, or the component alone. */
export function formatActivity({ app, name }: ActivityRef, style: "brief" | "full" | "name"): string {
  const component = shortComponent(app.package, name);
  if (style === "name") return component;
  const match = "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true";
  if (style === "brief") return `${match}\n${component}`;
  return [
    match,
    "ActivityInfo:",
    `  name=${className(app.package, name)}`,
    `  packageName=${app.package}`,
    "  enabled=true exported=true directBootAware=false",
    "  ApplicationInfo:",
    `    packageName=${app.package}`,
    `    processName=${app.package}`,
  ].join("\n");
}
