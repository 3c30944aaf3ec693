import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Android-Lab's `request_interval`, which its documents set to 3 s: the pause before each look. */
export const pauseMs = 3000;

/**
 * A step as Python programs around adb do it, Android-Lab's controller for one: a process for each command,
 * pictures and trees written on the device and pulled, and a fixed pause so that the screen may settle.
 */
export async function adbPerCommand(serial: string, adbPort: number) {
  const folder = await mkdtemp(path.join(tmpdir(), "androidgen-perf-"));
  const adb = (...args: string[]) =>
    run("adb", ["-P", String(adbPort), "-s", serial, ...args], { timeout: 60_000 });
  return {
    async look(): Promise<string> {
      await sleep(pauseMs);
      const png = path.join(folder, "screen.png");
      const xml = path.join(folder, "screen.xml");
      await adb("shell", "screencap", "-p", "/sdcard/screen.png");
      await adb("pull", "/sdcard/screen.png", png);
      await adb("shell", "uiautomator", "dump", "/sdcard/screen.xml");
      await adb("pull", "/sdcard/screen.xml", xml);
      await adb("shell", "dumpsys window | grep mCurrentFocus");
      return readFile(xml, "utf8");
    },
    openSettings: () => adb("shell", "am", "start", "-n", "com.android.settings/.Settings"),
    tap: (x: number, y: number) => adb("shell", "input", "tap", String(x), String(y)),
    back: () => adb("shell", "input", "keyevent", "KEYCODE_BACK"),
    close: () => rm(folder, { recursive: true }),
  };
}
