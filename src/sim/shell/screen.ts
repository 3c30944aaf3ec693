import { writeWindows } from "../ui/dump.ts";
import { parseOptions } from "./options.ts";
import { absolute, fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";

/** Commands that look at the screen. */
export const screenCommands: Commands = { uiautomator, screencap, screenrecord, wm };

async function uiautomator(args: readonly string[], context: CommandContext): Promise<Output> {
  const [verb, ...rest] = args;
  if (verb !== "dump")
    return verb === undefined || verb === "help"
      ? ok(
          "Usage: uiautomator <subcommand> [options]\n\nAvailable subcommands:\n\nhelp\ndump\nruntest\nevents",
        )
      : fail(`Unsupported subcommand: ${verb}`);
  const { phone, faults } = context;
  // As UiAutomation.waitForIdle(1000, 10000) of DumpCommand: one second of rest within ten.
  if (!phone.windows.idle) {
    await context.spend("idleTimeout");
    return fail("ERROR: could not get idle state.", 0);
  }
  await context.spend("uiautomatorDump");
  if (!phone.windows.awake || faults.strike("dump-error"))
    return fail("ERROR: null root node returned by UiTestAutomationBridge.", 0);
  const file = rest.find((word) => !word.startsWith("-")) ?? "/sdcard/window_dump.xml";
  const { windows } = phone;
  const xml = rest.includes("--windows")
    ? writeWindows(windows.accessibilityWindows(), windows.rotation)
    : windows.dump();
  // The misspelling is Android's.
  const message = `UI hierchary dumped to: ${file}\n`;
  if (file === "/dev/tty") return { out: `${xml}${message}` };
  phone.files.write(absolute(context, file), xml);
  return { out: message };
}

async function screencap(args: readonly string[], context: CommandContext): Promise<Output> {
  const { flags, rest } = parseOptions(args, { values: ["-d"], flags: ["-p", "-h"] });
  const { phone } = context;
  if (flags.has("-h")) return ok("usage: screencap [-hp] [-d display-id] [FILENAME]");
  const file = rest[0];
  const png = flags.has("-p") || file?.endsWith(".png") === true;
  await context.spend(png ? "screencap" : "screencapRaw");
  const picture = png ? await phone.windows.png() : rawFrame(context);
  if (file === undefined) return { out: picture };
  phone.files.write(absolute(context, file), picture, { mode: 0o600 });
  return ok();
}

/** Header of four little-endian words: width, height, format RGBA_8888, colour space sRGB. */
function rawFrame({ phone }: CommandContext): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(phone.windows.width, 0);
  header.writeUInt32LE(phone.windows.height, 4);
  header.writeUInt32LE(1, 8);
  header.writeUInt32LE(1, 12);
  return Buffer.concat([header, phone.windows.pixels()]);
}

function screenrecord(): Output {
  return fail("ERROR: unable to configure video/avc codec: the simulated device has no video encoder");
}

/** `wm size` and `wm density`; what is forced is kept where Android keeps it. */
function wm(args: readonly string[], { phone }: CommandContext): Output {
  const [verb, value] = args.filter((word, index) => word !== "-d" && args[index - 1] !== "-d");
  if (verb === "size") {
    if (value === "reset") phone.settings.delete("global", "display_size_forced");
    else if (value !== undefined) {
      const size = /^(\d+)x(\d+)$/u.exec(value);
      if (size === null) return fail(`Error: bad size ${value}`, 255);
      phone.settings.put("global", "display_size_forced", `${size[1]},${size[2]}`);
    } else {
      const forced = phone.settings.get("global", "display_size_forced")?.replace(",", "x");
      const physical = `Physical size: ${phone.windows.width}x${phone.windows.height}\n`;
      return ok(forced === undefined ? physical : `${physical}Override size: ${forced}`);
    }
    return ok();
  }
  if (verb === "density") {
    if (value === "reset") phone.settings.delete("secure", "display_density_forced");
    else if (value !== undefined) {
      if (!/^\d+$/u.test(value) || Number(value) < 72) return fail("Error: density must be >= 72", 255);
      phone.settings.put("secure", "display_density_forced", value);
    } else {
      const forced = phone.settings.get("secure", "display_density_forced");
      const physical = `Physical density: ${phone.properties.get("ro.sf.lcd_density")}\n`;
      return ok(forced === undefined ? physical : `${physical}Override density: ${forced}`);
    }
    return ok();
  }
  if (verb === "user-rotation" || verb === "fixed-to-user-rotation" || verb === "dismiss-keyguard")
    return ok();
  return fail(`Unknown command: ${verb ?? ""}`, 255);
}
