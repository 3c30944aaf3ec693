import type { Buffer as NodeBuffer } from "node:buffer";
import {
  createSimulatedDevice,
  type SimulatedDevice,
  type SimulatedDeviceOptions,
} from "../../src/sim/device.ts";
import { fakeApps } from "./fake-apps.ts";
import { createFakeWindows } from "./fake-windows.ts";

export function fakeDevice(options: Partial<SimulatedDeviceOptions> = {}): SimulatedDevice {
  return createSimulatedDevice({ seed: 1, apps: fakeApps, createWindows: createFakeWindows, ...options });
}

export interface Ran {
  out: string;
  err: string;
  code: number;
  bytes: NodeBuffer;
}

/** Runs a command line as adbd does, and collects what it prints. */
export async function sh(
  device: SimulatedDevice,
  command: string,
  stdin: string | Buffer = "",
): Promise<Ran> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const code = await device.run(command, {
    // oxlint-disable-next-line typescript/require-await -- an input that is there at once
    stdin: (async function* () {
      yield Buffer.from(stdin);
    })(),
    stdout: (chunk) => out.push(chunk),
    stderr: (chunk) => err.push(chunk),
    signal: new AbortController().signal,
  });
  const bytes = Buffer.concat(out);
  return { out: bytes.toString("utf8"), err: Buffer.concat(err).toString("utf8"), code, bytes };
}
