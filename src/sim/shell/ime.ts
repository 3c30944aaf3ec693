import {
  enabledInputMethods,
  enableInputMethods,
  gboard,
  installedInputMethods,
  useInputMethod,
} from "../system/input-methods.ts";
import { fail, ok, type CommandContext, type Output } from "./command.ts";

const past = { enable: "enabled", disable: "disabled", set: "selected" };

/** `ime list [-a] [-s]`, `enable`, `disable`, `set`, `reset`; the same as `cmd input_method`. */
export function ime(args: readonly string[], { phone }: CommandContext): Output {
  const { settings, packages } = phone;
  const words = args.filter((word, index) => word !== "--user" && args[index - 1] !== "--user");
  const [verb = "", id = ""] = words;
  switch (verb) {
    case "list": {
      const shown = words.includes("-a") ? installedInputMethods(packages) : enabledInputMethods(settings);
      return ok(shown.map((each) => (words.includes("-s") ? each : describe(each))).join("\n"));
    }
    case "enable":
    case "disable":
    case "set": {
      const known = verb === "set" ? enabledInputMethods(settings) : installedInputMethods(packages);
      if (!known.includes(id))
        return fail(`Unknown input method ${id} cannot be ${past[verb]} for user #0`, 255);
      if (verb === "set") {
        useInputMethod(settings, id);
        return ok(`Input method ${id} selected for user #0`);
      }
      const others = enabledInputMethods(settings).filter((each) => each !== id);
      enableInputMethods(settings, verb === "enable" ? [...others, id] : others);
      return ok(`Input method ${id}: now ${past[verb]} for user #0`);
    }
    case "reset":
      enableInputMethods(settings, [gboard]);
      useInputMethod(settings, gboard);
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
