import { wifiOn } from "../system/radios.ts";
import { am } from "./am.ts";
import { fail, ok, type CommandContext, type CommandRun, type Commands, type Output } from "./command.ts";
import { serviceNames } from "./dumpsys.ts";
import { ime } from "./ime.ts";
import { input } from "./input.ts";
import { notification } from "./notification.ts";
import { pm } from "./pm.ts";
import { setAirplaneMode, setRadio, svc } from "./radios.ts";
import { screenCommands } from "./screen.ts";
import { settings } from "./settings.ts";
import { statusbar } from "./statusbar.ts";

/** Services behind `cmd`, by their name in the service manager. */
const services: Record<string, CommandRun> = {
  activity: am,
  appops,
  bluetooth_manager: (args, context) => setRadio(context.phone, "bluetooth", args[0] ?? ""),
  connectivity: (args, context) =>
    args[0] === "airplane-mode"
      ? setAirplaneMode(context.phone, args[1])
      : fail(`Unknown command: ${args[0] ?? ""}`, 255),
  input,
  input_method: ime,
  locksettings,
  notification,
  package: pm,
  power: (args) =>
    ["set-mode", "set-adaptive-power-saver-enabled"].includes(args[0] ?? "")
      ? ok()
      : fail(`Unknown command: ${args[0] ?? ""}`, 255),
  settings,
  statusbar,
  uimode,
  wifi: (args, context) =>
    args[0] === "set-wifi-enabled"
      ? setRadio(context.phone, "wifi", args[1] === "enabled" ? "enable" : "disable")
      : args[0] === "status"
        ? ok(`Wifi is ${wifiOn(context.phone.settings) ? "enabled" : "disabled"}`)
        : fail(`Unknown command: ${args[0] ?? ""}`, 255),
  window: (args, context) => screenCommands["wm"]!(args, context),
};

export const serviceCommands: Commands = { cmd, service, svc, appops, locksettings };

function cmd(args: readonly string[], context: CommandContext): Output | Promise<Output> {
  const words = args[0] === "-w" ? args.slice(1) : args;
  const [name, ...rest] = words;
  if (name === undefined) return fail("cmd: No service specified; use -l to list all running services", 20);
  if (name === "-l")
    return ok(
      `Currently running services:\n${allServices()
        .map((each) => `  ${each}`)
        .join("\n")}`,
    );
  const run = services[name];
  return run === undefined ? fail(`cmd: Can't find service: ${name}`, 20) : run(rest, context);
}

function allServices(): string[] {
  return [...new Set([...serviceNames, ...Object.keys(services)])].sort();
}

/** `service list|check|call`. Binder calls have no effect here but the time zone's, which is UTC already. */
function service(args: readonly string[]): Output {
  const [verb, name = ""] = args;
  const names = allServices();
  if (verb === "list") {
    const rows = names.map((each, index) => `${index}\t${each}: []`);
    return ok([`Found ${names.length} services:`, ...rows].join("\n"));
  }
  if (verb === "check") return ok(`Service ${name}: ${names.includes(name) ? "found" : "not found"}`);
  if (verb !== "call")
    return fail(
      "Usage: service [-h|-?]\n       service list\n       service check SERVICE\n       service call SERVICE CODE [i32 N | s16 STR ] ...",
      10,
    );
  if (!names.includes(name)) return { out: `Service ${name} does not exist\n`, code: 10 };
  return ok("Result: Parcel(00000000 00000001   '........')");
}

/** Operations that were set are kept as Android keeps user settings: by package. */
function appops(args: readonly string[], { phone }: CommandContext): Output {
  const words = args.filter(
    (word, index) => word !== "--uid" && word !== "--user" && args[index - 1] !== "--user",
  );
  const [verb, name, operation, mode] = words;
  if (verb === "reset" || verb === "write-settings") return ok();
  if (verb !== "set" && verb !== "get") return fail(`Unknown command: ${verb ?? ""}`, 255);
  if (name === undefined || phone.packages.get(name) === undefined)
    return fail(`Error: No UID for ${name ?? ""} in user 0`, 255);
  const key = `appops:${operation ?? ""}=`;
  if (verb === "get") {
    const found = phone.packages
      .granted(name)
      .filter((each) => each.startsWith(operation === undefined ? "appops:" : key));
    return ok(
      found.length === 0
        ? "No operations."
        : found.map((each) => each.slice("appops:".length).replace("=", ": ")).join("\n"),
    );
  }
  if (operation === undefined || mode === undefined) return fail("Error: Mode not specified!", 255);
  for (const old of phone.packages.granted(name)) if (old.startsWith(key)) phone.packages.revoke(name, old);
  phone.packages.grant(name, key + mode);
  if (!phone.notifications.enabled(name)) phone.notifications.cancelAll(name);
  return ok();
}

function locksettings(args: readonly string[]): Output {
  switch (args[0] ?? "") {
    case "get-disabled":
      return ok("true");
    case "set-disabled":
      return ok(`Lock screen disabled set to ${args[1] ?? "true"}`);
    case "verify":
      return ok("Lock credential verified successfully");
    case "clear":
      return ok("Lock credential cleared");
    default:
      return fail(`Unknown command: ${args[0] ?? ""}`, 255);
  }
}

function uimode(args: readonly string[], { phone }: CommandContext): Output {
  if (args[0] !== "night") return fail(`Unknown command: ${args[0] ?? ""}`, 255);
  const modes: Record<string, string> = { no: "1", yes: "2", auto: "0" };
  if (args[1] !== undefined) {
    const value = modes[args[1]];
    if (value === undefined) return fail("Error: mode must be 'yes', 'no', or 'auto'", 255);
    phone.settings.put("secure", "ui_night_mode", value);
  }
  const now = phone.settings.get("secure", "ui_night_mode");
  return ok(`Night mode: ${Object.keys(modes).find((name) => modes[name] === now) ?? "no"}`);
}
