import { ok, type CommandContext, type Output } from "./command.ts";

const usage = [
  "Status bar commands:",
  "  help",
  "    Print this help text.",
  "",
  "  expand-notifications",
  "    Open the notifications panel.",
  "",
  "  expand-settings",
  "    Open the notifications panel and expand quick settings if present.",
  "",
  "  collapse",
  "    Collapse the notifications and settings panel.",
  "",
  "  check-support",
  "    Check if this device supports QS + APIs",
].join("\n");

/** `cmd statusbar` (AOSP's StatusBarShellCommand). What it does not know it hands on to System UI, which is silent. */
export async function statusbar(args: readonly string[], context: CommandContext): Promise<Output> {
  const [verb] = args;
  if (verb === undefined || verb === "help" || verb === "-h") return { ...ok(usage), code: verb ? 0 : 1 };
  if (verb === "check-support") return ok("true");
  await context.spend("input");
  const { windows } = context.phone;
  if (verb === "expand-notifications") windows.openShade("notifications");
  if (verb === "expand-settings") windows.openShade("settings");
  if (verb === "collapse") windows.closeShade();
  return ok();
}

/** `dumpsys statusbar`: what is disabled; whether the shade is open stands in `dumpsys window`. */
export function dumpStatusBar(): string {
  return [
    "  displayId=0",
    "    mDisabled1=0x0",
    "    mDisabled2=0x0",
    "  mDisableRecords.size=0",
    "  mCurrentUserId=0",
    "  mIcons=",
  ].join("\n");
}
