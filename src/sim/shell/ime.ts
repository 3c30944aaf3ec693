import { gboard, installedInputMethods } from "../system/input-methods.ts";
import type { Phone } from "../system/phone.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";

const past = { enable: "enabled", disable: "disabled", set: "selected" };

/** `ime list [-a] [-s]`, `enable`, `disable`, `set`, `reset`; the same as `cmd input_method`. */
export function ime(args: readonly string[], { phone }: CommandContext): Output {
  const words = args.filter((word, index) => word !== "--user" && args[index - 1] !== "--user");
  const [verb = "", id = ""] = words;
  switch (verb) {
    case "list": {
      const shown = words.includes("-a") ? installedInputMethods(phone.packages) : enabled(phone);
      return ok(shown.map((each) => (words.includes("-s") ? each : describe(each))).join("\n"));
    }
    case "enable":
    case "disable":
    case "set": {
      const known = verb === "set" ? enabled(phone) : installedInputMethods(phone.packages);
      if (!known.includes(id))
        return fail(`Unknown input method ${id} cannot be ${past[verb]} for user #0`, 255);
      if (verb === "set") {
        phone.settings.put("secure", "default_input_method", id);
        return ok(`Input method ${id} selected for user #0`);
      }
      const others = enabled(phone).filter((each) => each !== id);
      put(phone, verb === "enable" ? [...others, id] : others);
      return ok(`Input method ${id}: now ${past[verb]} for user #0`);
    }
    case "reset":
      phone.settings.put("secure", "default_input_method", gboard);
      put(phone, [gboard]);
      return ok(
        `Reset current and enabled IMEs for user #0\n  Newly selected IME: ${gboard}\n  Newly enabled IMEs:\n    ${gboard}`,
      );
    default:
      return fail(`Unknown command: ${verb}`, 255);
  }
}

function describe(id: string): string {
  return `${id}:\n  mId=${id} mSettingsActivityName=null mIsVrOnly=false\n  mIsDefaultResId=0x0`;
}

function enabled(phone: Phone): string[] {
  return (phone.settings.get("secure", "enabled_input_methods") ?? "").split(":").filter((id) => id !== "");
}

function put(phone: Phone, ids: readonly string[]): void {
  phone.settings.put("secure", "enabled_input_methods", ids.join(":"));
}
