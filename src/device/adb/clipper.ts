import { infraError } from "../../errors.ts";
import type { DeviceClipboard } from "../device.ts";
import type { Commands } from "../commands.ts";

/** The helper app that reads and writes the clipboard for broadcasts (https://github.com/majido/clipper). */
export const clipperPackage = "ca.zgrs.clipper";

/**
 * Named, so that nobody else is told the text. Android keeps broadcasts from an app that nobody has opened since it was
 * installed, and may queue them for minutes behind those of a boot (FLAG_EXCLUDE_STOPPED_PACKAGES, FLAG_RECEIVER_FOREGROUND).
 */
const toReceiver = [
  "--include-stopped-packages",
  "--receiver-foreground",
  "-n",
  `${clipperPackage}/.ClipperReceiver`,
] as const;

/** The receiver answers with result -1 (Activity.RESULT_OK); 0 is what nobody answers with. */
const answered = /Broadcast completed: result=-1(?:, data="([^]*)")?/u;

/**
 * The clipboard by way of the clipper app. Since Android 10 an app may read it only while it is in front:
 * then `get` throws `CLIPBOARD_UNREADABLE` (`infra`), and so does `set` where nobody took the text.
 */
export function clipperClipboard(commands: Commands): DeviceClipboard {
  const broadcast = async (action: string, ...extras: string[]): Promise<string> => {
    const said = await commands.must(["am", "broadcast", ...toReceiver, "-a", action, ...extras]);
    const answer = answered.exec(said);
    if (answer !== null) return answer[1] ?? "";
    throw infraError(
      "CLIPBOARD_UNREADABLE",
      `the clipper app on ${commands.serial} does not answer ${action}: ${said.trim().slice(0, 300)}`,
    );
  };
  return {
    get: () => broadcast("clipper.get"),
    set: async (text) => void (await broadcast("clipper.set", "-e", "text", text)),
  };
}
