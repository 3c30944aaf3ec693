import { apps } from "../src/sim/apps/index.ts";
import { createSimulatedDevice, type SimulatedDevice } from "../src/sim/device.ts";
import { createWindows } from "../src/sim/ui/index.ts";
import { round, type Figure } from "./figure.ts";

const DEVICES = 16;

/** Resident memory that each further device takes, its databases and first screen included. */
export async function simMemory(): Promise<Figure[]> {
  // The first device pays for modules, fonts and the canvas.
  const devices: SimulatedDevice[] = [await make(0)];
  const before = resident();
  for (let seed = 1; seed <= DEVICES; seed++) devices.push(await make(seed));
  const each = (resident() - before) / DEVICES;
  for (const device of devices) device.close();
  return [
    {
      name: "sim-memory",
      value: round(each / 1024 / 1024, 1),
      unit: "MB",
      note: `mean of ${DEVICES} devices`,
    },
  ];
}

async function make(seed: number): Promise<SimulatedDevice> {
  const device = createSimulatedDevice({ seed, apps, createWindows });
  device.phone.windows.dump();
  await device.phone.windows.png();
  return device;
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
