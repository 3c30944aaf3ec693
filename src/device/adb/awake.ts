import { keyCodes } from "../act/key-codes.ts";
import { commandsOver } from "./commands.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/** PowerManagerInternal.wakefulnessToString, for all but a screen that is lit. */
const dark = /mWakefulness=(?:Asleep|Dozing|Dreaming)/u;

/**
 * Lights a screen that went dark, as one does whose time-out passed while the model thought, and sends away a lock
 * that asks for nothing. True where it was dark. UiAutomator2 keeps the screen lit by itself.
 */
export async function lightScreen(transport: AdbTransport, timeoutMs: number): Promise<boolean> {
  const purpose = "looking whether the screen is lit";
  const { stdout } = await transport.run(commandLine(["dumpsys", "power"]), {
    timeoutMs,
    repeatable: true,
    purpose,
  });
  if (!dark.test(stdout.toString())) return false;
  const commands = commandsOver(transport, timeoutMs);
  await commands.must(["input", "keyevent", String(keyCodes.wakeUp)]);
  // It fails where there is no lock; whether there still is one is seen on the screen.
  await commands.run(["wm", "dismiss-keyguard"]);
  return true;
}
