import { posix } from "node:path";
import { writeWindows } from "../ui/dump.ts";
import { killed } from "./exit-codes.ts";
import { parseOptions } from "./options.ts";
import { absolute, fail, ok, type CommandContext, type Commands, type Output } from "./command.ts";
import { wm } from "./wm.ts";

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
  if (context.instrumentation.running) return alreadyRegistered(context);
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
  const all = rest.includes("--windows");
  // The misspelling is Android's.
  const message = `UI hierchary dumped to: ${file}\n`;
  if (all && faults.strike("windows-late")) return { out: message };
  const xml = all ? writeWindows(windows.accessibilityWindows(), windows.rotation) : windows.dump();
  if (file === "/dev/tty") return { out: `${xml}${message}` };
  // Android says the same where it could not write the file, and tells of it in its log.
  const path = absolute(context, file);
  if (phone.files.exists(posix.dirname(path))) phone.files.write(path, xml);
  else phone.log.add("E", "AccessibilityNodeInfoDumper", `failed to dump window to file: ${file}`);
  return { out: message };
}

/**
 * The phone has one UiAutomation connection. Where an instrumentation holds it, uiautomator dies of the
 * exception, which stands in the log; the shell says no more than that it was killed.
 */
function alreadyRegistered({ phone }: CommandContext): Output {
  phone.log.add(
    "E",
    "AndroidRuntime",
    "FATAL EXCEPTION: main\njava.lang.IllegalStateException: UiAutomationService android.accessibilityservice.IAccessibilityServiceClient$Stub$Proxy@f18df39already registered!",
  );
  return { err: "Killed \n", code: killed };
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
