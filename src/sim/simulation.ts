import { homedir } from "node:os";
import path from "node:path";
import { apps } from "./apps/index.ts";
import { type EmulatorPorts, startAdbServer, startEmulatorPorts } from "./adb/index.ts";
import { createSimulatedDevice, type SimulatedDevice } from "./device.ts";
import type { LatencyProfileName } from "./latency.ts";
import type { ClockKind } from "./system/clock.ts";
import { createWindows } from "./ui/index.ts";

export interface SimulationOptions {
  devices: number;
  /** What is on the devices follows from it. All hold the same, as emulators do that are cloned from one image. */
  seed: number;
  latency: LatencyProfileName;
  clock: ClockKind;
  /** A free port where not given. */
  adbServerPort?: number;
  /** Even port of the first console; the next devices follow two apart. Free pairs where not given. */
  consolePort?: number;
  /** Where clients of the console find its token; the emulator's own place where not given. */
  tokenFile?: string;
}

export interface Simulation {
  /** Port of the adb server, on loopback. */
  readonly adbServerPort: number;
  readonly devices: readonly { serial: string; consolePort: number; adbPort: number }[];
  close(): Promise<void>;
}

interface RunningDevice {
  device: SimulatedDevice;
  ports: EmulatorPorts;
}

/** Starts simulated devices with their consoles and adb daemons, and an adb server that knows them all. */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const server = await startAdbServer(
    options.adbServerPort === undefined ? {} : { port: options.adbServerPort },
  );
  const running: RunningDevice[] = [];
  const close = async (): Promise<void> => {
    await server.close();
    await Promise.all(running.map(closeDevice));
  };
  try {
    for (let number = 0; number < options.devices; number++) {
      const started = await startDevice(options, number);
      running.push(started);
      await server.attach(started.ports.serial, started.ports.adbd.port);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    adbServerPort: server.port,
    devices: running.map(({ ports }) => ({
      serial: ports.serial,
      consolePort: ports.console.port,
      adbPort: ports.adbd.port,
    })),
    close,
  };
}

async function startDevice(options: SimulationOptions, number: number): Promise<RunningDevice> {
  const started: Partial<RunningDevice> = {};
  const device = createSimulatedDevice({
    seed: options.seed,
    apps,
    createWindows,
    latency: options.latency,
    clock: options.clock,
    avdName: `androidgen-sim-${number + 1}`,
    // The console's `kill`: this emulator ends, the others go on.
    onKill: () => void closeDevice(started as RunningDevice),
  });
  const ports = await startEmulatorPorts(device, {
    ...(options.consolePort === undefined ? {} : { consolePort: options.consolePort + 2 * number }),
    tokenFile: options.tokenFile ?? path.join(homedir(), ".emulator_console_auth_token"),
  });
  return Object.assign(started, { device, ports });
}

async function closeDevice({ device, ports }: RunningDevice): Promise<void> {
  await ports.close();
  device.close();
}
