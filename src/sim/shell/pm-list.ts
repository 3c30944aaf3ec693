import { fail, ok, type CommandContext, type Output } from "./command.ts";
import { parseOptions } from "./options.ts";

/** What an emulator with a touch screen announces; tools look for few of them. */
const features = [
  "android.hardware.bluetooth",
  "android.hardware.camera",
  "android.hardware.faketouch",
  "android.hardware.location",
  "android.hardware.microphone",
  "android.hardware.screen.portrait",
  "android.hardware.telephony",
  "android.hardware.touchscreen",
  "android.hardware.touchscreen.multitouch",
  "android.hardware.wifi",
  "android.software.home_screen",
  "android.software.input_methods",
  "android.software.webview",
];

/** `pm list packages|features|instrumentation|users|libraries|permissions`. */
export function listCommand(args: readonly string[], context: CommandContext): Output {
  const [what = "", ...rest] = args;
  switch (what) {
    case "package":
    case "packages":
      return ok(packages(rest, context));
    case "features":
      return ok(features.map((name) => `feature:${name}\n`).join(""));
    case "users":
      return ok("Users:\n\tUserInfo{0:Owner:4c13} running");
    case "instrumentation":
      return ok(
        context.phone.packages
          .instrumentations()
          .map(({ component, target }) => `instrumentation:${component} (target=${target})\n`)
          .join(""),
      );
    case "libraries":
    case "permission-groups":
    case "permissions":
      return ok();
    default:
      return fail(`Error: unknown list type '${what}'`, 255);
  }
}

function packages(args: readonly string[], { phone }: CommandContext): string {
  const { flags, rest } = parseOptions(args, {
    values: ["--user", "--uid"],
    flags: ["-f", "-s", "-3", "-i", "-d", "-e", "-u", "-U", "-a", "--show-versioncode", "--apex-only"],
  });
  const filter = rest[0] ?? "";
  return phone.packages
    .list()
    .filter((entry) => entry.package.includes(filter))
    .filter((entry) => !flags.has("-s") || entry.system)
    .filter((entry) => !flags.has("-3") || !entry.system)
    .filter(() => !flags.has("-d") && !flags.has("--apex-only"))
    .map((entry) => {
      const place = flags.has("-f") ? `${entry.apk}=` : "";
      const version = flags.has("--show-versioncode") ? ` versionCode:${entry.versionCode}` : "";
      const installer = flags.has("-i") ? "  installer=null" : "";
      const uid = flags.has("-U") ? ` uid:${entry.uid}` : "";
      return `package:${place}${entry.package}${version}${installer}${uid}\n`;
    })
    .sort()
    .join("");
}
