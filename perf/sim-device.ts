import { apps } from "../src/sim/apps/index.ts";
import { createSimulatedDevice, type SimulatedDevice } from "../src/sim/device.ts";
import { createWindows } from "../src/sim/ui/index.ts";
import { repeat, round, type Figure } from "./figure.ts";

/** What the simulated phone itself takes, without adb around it. */
export async function simDevice(): Promise<Figure[]> {
  const device = createSimulatedDevice({ seed: 1, apps, createWindows });
  try {
    const { windows } = device.phone;
    await shell(device, "am start -n com.android.settings/.Settings");
    const figures: Figure[] = [];
    const add = async (name: string, times: number, call: () => unknown): Promise<void> => {
      const { median, spread } = await repeat(times, call);
      figures.push({ name, value: round(median), unit: "ms", spread: round(spread) });
    };
    // A screen that did not change is not drawn again, so another icon in the status bar, or another row, is shown.
    let n = 0;
    const change = (): void => device.phone.settings.put("global", "wifi_on", String(n++ % 2));
    await add("sim-screenshot", 30, async () => {
      change();
      await windows.png();
    });
    await add("sim-dump", 50, () => {
      windows.swipe(500, n++ % 2 === 0 ? 1500 : 1000, 500, n % 2 === 0 ? 1500 : 1000, 400);
      windows.dump();
    });
    await add("sim-shell", 100, () => shell(device, "settings get global wifi_on"));
    const state = device.save();
    await add("sim-snapshot-save", 50, () => device.save());
    await add("sim-snapshot-restore", 50, () => {
      // Something to undo in files, databases, settings and on the screen, which is read again afterwards.
      device.files.write("/sdcard/Download/new.txt", `text ${n++}`);
      device.phone.settings.put("global", "wifi_on", String(n % 2));
      device.receiveSms("+15550100", `message ${n}`);
      const start = performance.now();
      device.restore(state);
      return performance.now() - start;
    });
    return figures;
  } finally {
    device.close();
  }
}

async function shell(device: SimulatedDevice, command: string): Promise<void> {
  const code = await device.run(command, {
    stdin: (async function* none() {})(),
    stdout: () => {},
    stderr: (chunk) => process.stderr.write(chunk),
    signal: AbortSignal.timeout(10_000),
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}
