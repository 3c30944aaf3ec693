import { className, shortComponent } from "../system/intents.ts";
import { strftime } from "./date.ts";
import type { CommandContext } from "./command.ts";

/** `dumpsys package [PACKAGE]`. */
export function dumpPackage({ phone }: CommandContext, args: readonly string[]): string {
  const name = args.find((word) => !word.startsWith("-"));
  if (name === undefined || name === "packages") {
    const rows = phone.packages
      .list()
      .map((entry) => `  Package [${entry.package}] (${entry.uid.toString(16)}):`);
    return ["Packages:", ...rows].join("\n");
  }
  const entry = phone.packages.get(name);
  if (entry === undefined) return `Unable to find package: ${name}`;
  const installed = strftime("%Y-%m-%d %H:%M:%S", new Date(entry.installedAt));
  const activities = Object.keys(phone.packages.app(name)?.activities ?? {});
  return [
    "Activity Resolver Table:",
    "  Non-Data Actions:",
    ...(entry.launcher === undefined
      ? []
      : [
          "      android.intent.action.MAIN:",
          `        ${entry.uid.toString(16)} ${entry.launcher} filter ${entry.uid.toString(16)}`,
          '          Action: "android.intent.action.MAIN"',
          '          Category: "android.intent.category.LAUNCHER"',
        ]),
    "",
    "Packages:",
    `  Package [${name}] (${entry.uid.toString(16)}):`,
    `    userId=${entry.uid}`,
    `    pkg=Package{${entry.uid.toString(16)} ${name}}`,
    `    codePath=${entry.apk.replace(/\/[^/]*$/u, "")}`,
    `    versionCode=${entry.versionCode} minSdk=23 targetSdk=33`,
    `    versionName=${entry.versionName}`,
    `    flags=[ ${entry.system ? "SYSTEM " : ""}HAS_CODE ALLOW_CLEAR_USER_DATA ]`,
    `    dataDir=/data/user/0/${name}`,
    `    firstInstallTime=${installed}`,
    `    lastUpdateTime=${installed}`,
    ...activities.map(
      (activity) => `    activity ${shortComponent(name, activity)} ${className(name, activity)}`,
    ),
    ...requestedPermissions(phone, name),
    "    User 0: ceDataInode=0 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0",
    "      runtime permissions:",
    ...phone.packages
      .granted(name)
      .map((permission) => `        ${permission}: granted=true, flags=[ USER_SET ]`),
  ].join("\n");
}

/** What the manifest asks for; what needs nobody's consent is granted with the installation. */
function requestedPermissions(phone: CommandContext["phone"], name: string): string[] {
  const requested = phone.packages.requested(name);
  if (requested.length === 0) return [];
  return [
    "    requested permissions:",
    ...requested.map((permission) => `      ${permission}`),
    "    install permissions:",
    ...requested.map((permission) => `      ${permission}: granted=true`),
  ];
}
