import { fail, ok, type CommandContext, type Output } from "./command.ts";

const latin = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME";
const installed = [latin];

/** `ime list [-a] [-s]`, `enable`, `disable`, `set`, `reset`; the same as `cmd input_method`. */
export function ime(args: readonly string[], { phone }: CommandContext): Output {
  const words = args.filter((word, index) => word !== "--user" && args[index - 1] !== "--user");
  const [verb = "", id] = words;
  switch (verb) {
    case "list":
      return ok(
        installed
          .map((each) =>
            words.includes("-s")
              ? each
              : `${each}:\n  mId=${each} mSettingsActivityName=null\n  mIsDefaultResId=0x7f050000`,
          )
          .join("\n"),
      );
    case "enable":
    case "disable":
    case "set":
      if (id === undefined || !installed.includes(id))
        return fail(`Unknown input method ${id ?? ""} cannot be ${past[verb]} for user #0`, 255);
      if (verb === "set") phone.settings.put("secure", "default_input_method", id);
      return ok(`Input method ${id}${verb === "set" ? " selected" : `: now ${past[verb]}`} for user #0`);
    case "reset":
      phone.settings.put("secure", "default_input_method", latin);
      return ok(
        `Reset current and enabled IMEs for user #0\n  Newly selected IME: ${latin}\n  Newly enabled IMEs:\n    ${latin}`,
      );
    default:
      return fail(`Unknown command: ${verb}`, 255);
  }
}

const past = { enable: "enabled", disable: "disabled", set: "selected" };
