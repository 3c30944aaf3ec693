/** `cmd notification` (AOSP's NotificationShellCmd). */
import { shownOf, notificationText } from "./dumpsys-notification.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";
import { IntentError, parseIntent } from "./intent-arguments.ts";
import type { NotificationRequest } from "../system/notifications.ts";

const usage = [
  "usage: cmd notification SUBCMD [args]",
  "",
  "SUBCMDs:",
  "  allow_listener COMPONENT [user_id (current user if not specified)]",
  "  disallow_listener COMPONENT [user_id (current user if not specified)]",
  "  allow_dnd PACKAGE [user_id (current user if not specified)]",
  "  disallow_dnd PACKAGE [user_id (current user if not specified)]",
  "  set_dnd [on|none (same as on)|priority|alarms|all|off (same as all)]",
  "  post [--help | flags] TAG TEXT",
  "  list",
].join("\n");

const postUsage = [
  "usage: cmd notification post [flags] <tag> <text>",
  "",
  "flags:",
  "  -h|--help",
  "  -v|--verbose",
  "  -t|--title <text>",
  "  -i|--icon <iconspec>",
  "  -I|--large-icon <iconspec>",
  "  -S|--style <style> [styleargs]",
  "  -c|--content-intent <intentspec>",
].join("\n");

/** android.provider.Settings.Global.ZEN_MODE by the filter that is asked for. */
const zenModes: Record<string, string> = {
  on: "2",
  none: "2",
  priority: "1",
  alarms: "3",
  all: "0",
  off: "0",
};

const poster = "com.android.shell";
const shellId = 2020;

export function notification(args: readonly string[], context: CommandContext): Output {
  const { phone } = context;
  const [verb = "", ...rest] = args;
  switch (verb.replaceAll("-", "_")) {
    case "post":
    case "notify":
      return post(rest, context);
    case "list":
      return ok(
        phone.notifications
          .list()
          .map(({ key }) => key)
          .join("\n"),
      );
    case "set_dnd": {
      const mode = zenModes[rest[0] ?? ""];
      if (mode === undefined) return ok(`Unknown filter: ${rest[0] ?? ""}`);
      phone.settings.put("global", "zen_mode", mode);
      return ok();
    }
    // Rights that nobody here asks for.
    case "allow_dnd":
    case "disallow_dnd":
    case "allow_listener":
    case "disallow_listener":
    case "allow_assistant":
    case "remove_assistant":
      return ok();
    case "":
    case "help":
    case "_h":
      return ok(usage);
    default:
      return fail(`Unknown command: ${verb}`, 255);
  }
}

/** Prints what it posts on stdout, and its usage there as well, as Android does. */
function post(args: readonly string[], { phone }: CommandContext): Output {
  let at = 0;
  const next = (option: string): string => {
    const value = args[++at];
    if (value === undefined) throw new IntentError(`Argument expected after "${option}"`);
    return value;
  };
  let title = "";
  let intent: NotificationRequest["intent"];
  try {
    for (; args[at]?.startsWith("-"); at++) {
      const option = args[at]!;
      if (["-t", "--title"].includes(option)) title = next(option);
      else if (["-i", "--icon", "-I", "--large-icon", "-S", "--style"].includes(option)) next(option);
      else if (["-c", "--content-intent"].includes(option)) {
        const words = intentWords(args.slice(at + 1));
        intent = parseIntent(words.intent, []).intent;
        // Android takes one word behind the options for the intent's own: the tag, where there is no other.
        const target = intent.component ?? intent.data ?? intent.package;
        if (target === undefined) return { out: `${postUsage}\n`, code: 255 };
        at += words.count;
      } else if (!["-v", "--verbose"].includes(option)) return ok(postUsage);
    }
  } catch (error) {
    if (!(error instanceof IntentError)) throw error;
    return ok(`Error occurred. Check logcat for details. ${error.message}`);
  }
  const [tag, text] = args.slice(at);
  if (tag === undefined || text === undefined) return { out: `${postUsage}\n`, code: 255 };
  const request: NotificationRequest = {
    id: shellId,
    tag,
    channel: "shellcmd",
    importance: 3,
    icon: "message",
    title,
    text,
    ...(intent === undefined ? {} : { intent }),
  };
  phone.notifications.post(poster, request);
  return ok(`posting:\n  ${notificationText(shownOf(request))}`);
}

/** `(broadcast|service|activity) <args>`: an intent goes up to the last two words, which are the tag and the text. */
function intentWords(rest: readonly string[]): { intent: readonly string[]; count: number } {
  const kind = ["broadcast", "service", "activity"].includes(rest[0] ?? "") ? 1 : 0;
  const count = Math.max(kind, rest.length - 2);
  return { intent: rest.slice(kind, count), count };
}
