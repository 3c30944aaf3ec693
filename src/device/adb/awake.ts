import { keyCodes } from "../act/key-codes.ts";
import type { Commands } from "../commands.ts";

/** PowerManagerInternal.wakefulnessToString, for all but a screen that is lit. */
const dark = /mWakefulness=(?:Asleep|Dozing|Dreaming)/u;

/**
 * Lights a screen that went dark, as one does whose time-out passed while the model thought, and sends away a lock
 * that asks for nothing. True where it was dark. UiAutomator2 keeps the screen lit by itself.
 */
export async function lightScreen(commands: Commands): Promise<boolean> {
  const { stdout } = await commands.run(["dumpsys", "power"]);
  if (!dark.test(stdout)) return false;
  await commands.must(["input", "keyevent", String(keyCodes.wakeUp)]);
  // It fails where there is no lock; whether there still is one is seen on the screen.
  await commands.run(["wm", "dismiss-keyguard"]);
  return true;
}
