import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../random.ts";
import type { AdbHost, ConsoleHost, ProcessIo } from "./adb/host.ts";
import type { SimApp } from "./apps/app.ts";
import { createFaults } from "./faults.ts";
import { createLatency, type LatencyProfileName } from "./latency.ts";
import { hungUp } from "./shell/exit-codes.ts";
import { createShell } from "./shell/shell.ts";
import type { ClockKind } from "./system/clock.ts";
import { sizeOfFiles } from "./system/files.ts";
import { createPhone, type Phone, type PhoneState } from "./system/phone.ts";
import { createPorts } from "./system/ports.ts";
import { product } from "./system/properties.ts";
import { createInstrumentation } from "./uia2/instrumentation.ts";
import { withFaults } from "./ui/faulty.ts";
import type { WindowHost, Windows } from "./ui/windows.ts";

export interface SimulatedDeviceOptions {
  /** Everything that is random on the device follows from it. */
  seed: number;
  apps: readonly SimApp[];
  createWindows: (host: WindowHost) => Windows;
  latency?: LatencyProfileName;
  clock?: ClockKind;
  avdName?: string;
  /** Called once, when the console is asked to end the emulator. */
  onKill?: () => void;
}

/** A simulated phone. Tests look at `phone`; everything else comes in over adb and the console. */
export interface SimulatedDevice extends AdbHost, ConsoleHost {
  readonly phone: Phone;
  save(): PhoneState;
  restore(state: PhoneState): void;
  close(): void;
}

/** Taken when the device is made: settled on the home screen, with every app freshly installed. */
export const cleanSnapshot = "clean";

export function createSimulatedDevice(options: SimulatedDeviceOptions): SimulatedDevice {
  const avdName = options.avdName ?? "sim";
  const faults = createFaults();
  const phone = createPhone({
    seed: options.seed,
    apps: options.apps,
    clock: options.clock ?? "stepped",
    avdName,
    createWindows: (host) => withFaults(options.createWindows(host), faults),
  });
  const latencyRandom = createRandom("latency", options.seed);
  const latency = createLatency(options.latency ?? "none", phone.clock, latencyRandom);
  const ports = createPorts();
  const uia2Random = createRandom("uia2", options.seed, avdName);
  const instrumentation = createInstrumentation({ phone, latency, faults, random: uia2Random }, ports);
  const shell = createShell(phone, { latency, faults, instrumentation, ports });
  const running = new Set<AbortController>();

  /** A command that was running is gone after a snapshot load, as the phone it ran on is. */
  function abortRunning(): void {
    for (const controller of running) controller.abort();
  }

  function restore(state: PhoneState): void {
    abortRunning();
    phone.restore(state);
  }

  async function run(command: string, io: ProcessIo): Promise<number> {
    const controller = new AbortController();
    running.add(controller);
    try {
      const signal = AbortSignal.any([io.signal, controller.signal]);
      if (faults.strike("hang")) return await hang(signal);
      const slow = faults.strike("slow-shell");
      if (slow?.ms !== undefined) await pause(slow.ms, signal);
      return await shell.run(command, { ...io, signal });
    } finally {
      running.delete(controller);
    }
  }

  const snapshots = createSnapshots(phone, restore);
  snapshots.save(cleanSnapshot);
  return {
    phone,
    product,
    avdName,
    files: phone.files,
    faults,
    run,
    ports,
    async frame() {
      await latency.spend("screencapRaw");
      phone.tick();
      phone.refresh();
      const { width, height } = phone.windows;
      return { width, height, rgba: phone.windows.pixels() };
    },
    delay: (kind) => latency.spend(kind),
    snapshots,
    receiveSms: (number, text) => receiveSms(phone, number, text),
    kill() {
      abortRunning();
      options.onKill?.();
    },
    save: () => phone.save(),
    restore,
    close() {
      abortRunning();
      phone.close();
    },
  };
}

/** A command that never ends by itself. */
function hang(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    const end = (): void => resolve(hungUp);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

/** Until the time has passed or the client has gone. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function createSnapshots(phone: Phone, restore: (state: PhoneState) => void): ConsoleHost["snapshots"] {
  const states = new Map<string, { state: PhoneState; savedAt: number }>();
  return {
    list: () =>
      [...states].map(([name, { state, savedAt }]) => ({
        name,
        sizeBytes: sizeOfFiles(state.files),
        savedAt,
      })),
    save(name) {
      states.set(name, { state: phone.save(), savedAt: phone.clock.now() });
    },
    load(name) {
      const found = states.get(name);
      if (found === undefined) throw new Error(`Snapshot '${name}' does not exist`);
      restore(found.state);
    },
    delete(name) {
      if (!states.delete(name)) throw new Error(`Snapshot '${name}' does not exist`);
    },
  };
}

/** A text message comes in: it is stored first, then the apps are told. */
function receiveSms(phone: Phone, number: string, text: string): void {
  const now = phone.clock.now();
  phone.activities.attempt("com.android.providers.telephony", () =>
    phone.content.insert("content://sms/inbox", {
      address: number,
      body: text,
      date: now,
      date_sent: now,
      read: 0,
      seen: 0,
      type: 1,
    }),
  );
  phone.broadcast({
    action: "android.provider.Telephony.SMS_RECEIVED",
    extras: { address: number, body: text, date: now },
  });
}
