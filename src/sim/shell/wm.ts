import type { Phone } from "../system/phone.ts";
import { HEIGHT, WIDTH } from "../ui/metrics.ts";
import { fail, ok, type CommandContext, type CommandRun, type Output } from "./command.ts";

type Verb = (args: readonly string[], phone: Phone) => Output;

/** `wm`, which is `cmd window`; what is forced is kept where Android keeps it. */
export const wm: CommandRun = (args, { phone }: CommandContext) => {
  const [verb = "", ...rest] = args.filter((word, index) => word !== "-d" && args[index - 1] !== "-d");
  const run = verbs[verb];
  return run === undefined ? fail(`Unknown command: ${verb}`, 255) : run(rest, phone);
};

const verbs: Record<string, Verb> = {
  size,
  density,
  "user-rotation": userRotation,
  // Its name before Android 11.
  "set-user-rotation": userRotation,
  "fixed-to-user-rotation": () => ok(),
  "dismiss-keyguard": () => ok(),
};

/** The panel's own size, upright, and what is laid out in its place. */
function size([value]: readonly string[], phone: Phone): Output {
  const key = "display_size_forced";
  if (value === undefined) {
    const forced = phone.settings.get("global", key)?.replace(",", "x");
    const physical = `Physical size: ${WIDTH}x${HEIGHT}\n`;
    return ok(forced === undefined ? physical : `${physical}Override size: ${forced}`);
  }
  const wanted = /^(\d+)x(\d+)$/u.exec(value);
  if (value === "reset") phone.settings.delete("global", key);
  else if (wanted === null) return fail(`Error: bad size ${value}`, 255);
  else phone.settings.put("global", key, `${wanted[1]},${wanted[2]}`);
  return ok();
}

/** Kept and told, but everything is laid out for 420 dpi all the same. */
function density([value]: readonly string[], phone: Phone): Output {
  const key = "display_density_forced";
  if (value === undefined) {
    const forced = phone.settings.get("secure", key);
    const physical = `Physical density: ${phone.properties.get("ro.sf.lcd_density")}\n`;
    return ok(forced === undefined ? physical : `${physical}Override density: ${forced}`);
  }
  if (value === "reset") phone.settings.delete("secure", key);
  else if (!/^\d+$/u.test(value) || Number(value) < 72) return fail("Error: density must be >= 72", 255);
  else phone.settings.put("secure", key, value);
  return ok();
}

/** `[free|lock] [rotation]`; without either it tells what is set. */
function userRotation([mode, turns]: readonly string[], { settings }: Phone): Output {
  const current = settings.get("system", "user_rotation") ?? "0";
  if (mode === undefined)
    return ok(settings.get("system", "accelerometer_rotation") === "1" ? "free" : `lock ${current}`);
  if (mode === "free") {
    settings.put("system", "accelerometer_rotation", "1");
    return ok();
  }
  if (mode !== "lock") return fail(`Error: expecting free, lock or nothing, but we got ${mode}`, 255);
  if (turns !== undefined && !/^[0-3]$/u.test(turns))
    return fail(`Error: rotation must be between 0 and 3, but we got ${turns}`, 255);
  settings.put("system", "accelerometer_rotation", "0");
  settings.put("system", "user_rotation", turns ?? current);
  return ok();
}
