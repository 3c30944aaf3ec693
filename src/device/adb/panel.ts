import type { AdbTransport } from "./transport.ts";

/** What the device's panels are called, and which of them shows the default display now. */
const command =
  "dumpsys SurfaceFlinger --display-id; dumpsys display | grep -E 'mBaseDisplayInfo=|mViewports='";

/**
 * The panel that shows what an agent is to see, as `screencap -d` names it; undefined on a device with one panel.
 * Without a name a phone that folds gives a picture of its first panel, which may be the dark one (AOSP screencap).
 * Folding makes it another.
 */
export async function activePanel(transport: AdbTransport, timeoutMs: number): Promise<string | undefined> {
  const purpose = "looking which screens there are";
  const { stdout } = await transport.run(command, { timeoutMs, repeatable: true, purpose });
  const said = stdout.toString();
  const panels = [...said.matchAll(/^Display (\d+) \(HWC /gmu)].map(([, id]) => id!);
  if (panels.length < 2) return undefined;
  // DisplayInfo.toString, or DisplayViewport.toString; only panels are `local`.
  const shown = /\bdisplayId[ =]0\b.*?\buniqueId[ =]["']local:(\d+)/u.exec(said)?.[1];
  return panels.find((id) => id === shown);
}
