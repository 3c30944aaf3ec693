import { settingsNamespaces } from "../system/settings.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";

const usage =
  "Settings provider (settings) commands:\n  get|put|delete|list [--user <USER_ID>] NAMESPACE [KEY] [VALUE]";

export function settings(args: readonly string[], { phone }: CommandContext): Output {
  const words = withoutUser(args);
  const [verb, space, key, value] = words;
  if (verb === undefined || verb === "help") return ok(usage);
  if (!["get", "put", "delete", "list"].includes(verb)) return fail(`Invalid command: ${verb}`, 255);
  const namespace = settingsNamespaces.find((each) => each === space?.toLowerCase());
  if (namespace === undefined) return fail(`Invalid namespace '${space ?? ""}'`, 255);
  if (verb === "list")
    return ok(
      phone.settings
        .list(namespace)
        .map(([name, text]) => `${name}=${text}\n`)
        .join(""),
    );
  if (key === undefined) return fail("Bad arguments", 255);
  if (verb === "get") return ok(phone.settings.get(namespace, key) ?? "null");
  if (verb === "delete") return ok(`Deleted ${phone.settings.delete(namespace, key) ? 1 : 0} rows`);
  if (value === undefined) return fail("Bad arguments", 255);
  phone.settings.put(namespace, key, value);
  return ok();
}

function withoutUser(args: readonly string[]): string[] {
  const at = args.indexOf("--user");
  return at < 0 ? [...args] : args.filter((_, index) => index !== at && index !== at + 1);
}
