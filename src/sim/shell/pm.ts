import { forgetInputMethods } from "../system/input-methods.ts";
import { formatActivity, queryIntent } from "./pm-query.ts";
import { installCommand } from "./pm-install.ts";
import { listCommand } from "./pm-list.ts";
import { fail, ok, thrown, type CommandContext, type Output } from "./command.ts";
import { OptionError, parseOptions } from "./options.ts";

const usage =
  "Package manager (package) commands:\n  list, path, clear, grant, revoke, install, uninstall, resolve-activity, query-activities, dump";

/** `pm`, and `cmd package`. */
export async function pm(args: readonly string[], context: CommandContext): Promise<Output> {
  const [verb, ...rest] = args;
  try {
    switch (verb) {
      case undefined:
      case "help":
        return ok(usage);
      case "list":
        return listCommand(rest, context);
      case "path":
        return path(rest, context);
      case "clear":
        return clear(rest, context);
      case "grant":
      case "revoke":
        return permission(verb, rest, context);
      case "reset-permissions":
        return ok();
      case "uninstall":
        return uninstall(rest, context);
      case "install":
      case "install-create":
      case "install-write":
      case "install-commit":
      case "install-abandon":
      case "install-streaming":
        return await installCommand(verb, rest, context);
      case "resolve-activity":
        return resolve(rest, context);
      case "query-activities":
        return query(rest, context);
      case "dump":
        return fail("dump: use dumpsys package", 1);
      case "enable":
      case "disable":
      case "disable-user":
        return enable(verb, rest, context);
      case "get-max-users":
        return ok("Maximum supported users: 4");
      case "is-user-setup":
        return ok("1");
      case "trim-caches":
      case "bg-dexopt-job":
      case "compile":
      case "set-install-location":
        return ok("Success");
      default:
        return fail(`Unknown command: ${verb}`, 255);
    }
  } catch (error) {
    if (error instanceof OptionError) return fail(`Error: ${error.message}`, 1);
    throw error;
  }
}

const oneUser = { values: ["--user"], flags: ["-k", "--brief", "--cache-only"] };

function path(args: readonly string[], { phone }: CommandContext): Output {
  const files = phone.packages.files(parseOptions(args, oneUser).rest[0] ?? "");
  return files.length === 0 ? { code: 1 } : ok(files.map((file) => `package:${file}`).join("\n"));
}

function clear(args: readonly string[], { phone }: CommandContext): Output {
  const name = parseOptions(args, oneUser).rest[0];
  if (name === undefined) return fail("Error: no package specified", 1);
  if (phone.packages.get(name) === undefined) return { out: "Failed\n", code: 1 };
  phone.clearApp(name);
  return ok("Success");
}

function permission(verb: "grant" | "revoke", args: readonly string[], { phone }: CommandContext): Output {
  const [name, permissionName] = parseOptions(args, oneUser).rest;
  if (name === undefined) return fail("Error: no package specified", 1);
  if (permissionName === undefined) return fail("Error: no permission specified", 1);
  if (phone.packages.get(name) === undefined)
    return thrown(verb, `java.lang.IllegalArgumentException: Unknown package: ${name}`);
  phone.packages[verb](name, permissionName);
  return ok();
}

function uninstall(args: readonly string[], { phone, instrumentation }: CommandContext): Output {
  const { rest, flags } = parseOptions(args, oneUser);
  const name = rest[0];
  if (name === undefined) return fail("Error: package name not specified", 1);
  const entry = phone.packages.get(name);
  if (entry === undefined) return { out: "Failure [not installed for 0]\n", code: 1 };
  if (entry.system) return { out: "Failure [DELETE_FAILED_INTERNAL_ERROR]\n", code: 1 };
  instrumentation.kill(name);
  phone.activities.forceStop(name);
  for (const file of phone.packages.files(name)) phone.files.remove(file);
  phone.packages.uninstall(name);
  forgetInputMethods(phone.settings, phone.packages);
  if (!flags.has("-k")) phone.files.remove(`/data/data/${name}`);
  return ok("Success");
}

function enable(verb: string, args: readonly string[], { phone }: CommandContext): Output {
  const name = parseOptions(args, oneUser).rest[0] ?? "";
  if (phone.packages.get(name) === undefined)
    return thrown(verb, `java.lang.IllegalArgumentException: Unknown package: ${name}`);
  if (verb === "enable") return ok(`Package ${name} new state: enabled`);
  return thrown(
    verb,
    `java.lang.SecurityException: Cannot disable a package of the simulated device: ${name}`,
  );
}

function resolve(args: readonly string[], { phone }: CommandContext): Output {
  const { intent, flags } = queryIntent(args);
  const first = phone.resolve(intent)[0];
  if (first === undefined) return ok("No activity found");
  return ok(
    flags.has("--components")
      ? formatActivity(first, "name")
      : formatActivity(first, flags.has("--brief") ? "brief" : "full"),
  );
}

function query(args: readonly string[], { phone }: CommandContext): Output {
  const { intent, flags } = queryIntent(args);
  const found = phone.resolve(intent);
  if (found.length === 0) return ok("No activities found");
  if (flags.has("--components")) return ok(found.map((each) => formatActivity(each, "name")).join("\n"));
  const style = flags.has("--brief") ? "brief" : "full";
  const rows = found.map((each, index) => {
    const text = formatActivity(each, style)
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n");
    return `  Activity #${index}:\n${text}`;
  });
  return ok(`${found.length} activities found:\n${rows.join("\n")}`);
}
