import { join } from "node:path";
import type { AdbAddress, AdbTimeouts, Device } from "../../src/device/index.ts";
import { openAdbDevice } from "../../src/device/index.ts";
import { startSimulation } from "../../src/sim/index.ts";
import { newFolder } from "../support/folder.ts";

/** A simulated emulator behind an adb server, and the driver connected to it. */
export interface DrivenDevice {
  device: Device;
  consolePort: number;
  adbHost: AdbAddress;
  close(): Promise<void>;
}

/** With `realistic` latency the device takes its time, and a command can be caught while it runs. */
export async function driveSimulatedDevice(
  latency: "none" | "realistic" = "none",
  timeouts: Partial<AdbTimeouts> = {},
): Promise<DrivenDevice> {
  const simulation = await startSimulation({
    devices: 1,
    seed: 7,
    latency,
    clock: "stepped",
    tokenFile: join(await newFolder(), ".emulator_console_auth_token"),
  });
  const [{ serial, consolePort }] = simulation.devices as [(typeof simulation.devices)[0]];
  const adbHost = { host: "127.0.0.1", port: simulation.adbServerPort };
  const device = await openAdbDevice({ serial, adbHost, timeouts: { retryMs: 1, ...timeouts } });
  return {
    device,
    consolePort,
    adbHost,
    async close() {
      await device.close();
      await simulation.close();
    },
  };
}
