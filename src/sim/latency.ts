import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../random.ts";
import type { DeviceClock } from "./system/clock.ts";

/** How long the simulated device takes for what it is asked to do. */
export type LatencyProfileName = "none" | "realistic";

export type DeviceOperation =
  | "input"
  | "screencap"
  | "screencapRaw"
  | "uiautomatorDump"
  | "idleTimeout"
  | "shell"
  | "startActivity"
  | "snapshotLoad"
  | "snapshotSave"
  | "sync"
  | "connect"
  | "install"
  | "uia2Start"
  | "uia2Source"
  | "uia2Screenshot"
  | "uia2Find"
  | "uia2Input";

/**
 * Median and 95th percentile in milliseconds. Input, pictures, dumps and snapshot loads are what
 * people report of emulators driven over adb; the rest are estimates of the same order.
 */
const durations: Record<DeviceOperation, { p50: number; p95: number }> = {
  input: { p50: 230, p95: 500 },
  screencap: { p50: 500, p95: 1500 },
  screencapRaw: { p50: 270, p95: 600 },
  uiautomatorDump: { p50: 1500, p95: 3000 },
  // UiAutomation.waitForIdle gives up after exactly this.
  idleTimeout: { p50: 10_000, p95: 10_000 },
  shell: { p50: 40, p95: 120 },
  startActivity: { p50: 700, p95: 1800 },
  snapshotLoad: { p50: 3000, p95: 8000 },
  snapshotSave: { p50: 3000, p95: 8000 },
  sync: { p50: 20, p95: 80 },
  connect: { p50: 5, p95: 20 },
  install: { p50: 1200, p95: 3000 },
  uia2Start: { p50: 1500, p95: 3000 },
  uia2Source: { p50: 250, p95: 700 },
  uia2Screenshot: { p50: 220, p95: 500 },
  uia2Find: { p50: 80, p95: 250 },
  uia2Input: { p50: 60, p95: 150 },
};

/** z of the 95th percentile of the normal distribution. */
const z95 = 1.645;

export interface Latency {
  /** Lets the time of one operation pass on the device's clock, and on the host's where it is real. */
  spend(operation: DeviceOperation, signal?: AbortSignal): Promise<void>;
  /** Lets a given time pass on the device, as `sleep` does. */
  pass(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * With `none` every operation takes its median on the device's clock and nothing on the host's;
 * with `realistic` it takes a lognormal time, drawn by seed, on both.
 */
export function createLatency(profile: LatencyProfileName, clock: DeviceClock, random: Random): Latency {
  async function pass(ms: number, signal?: AbortSignal): Promise<void> {
    if (profile === "none") clock.advance(ms);
    else {
      await sleep(ms, undefined, { signal });
      // A real clock has moved by itself while we waited.
      if (clock.kind === "stepped") clock.advance(ms);
    }
  }
  return {
    pass,
    spend: (operation, signal) =>
      pass(profile === "none" ? durations[operation].p50 : draw(operation, random), signal),
  };
}

/** Lognormal with the operation's p50 and p95, in whole milliseconds. */
export function draw(operation: DeviceOperation, random: Random): number {
  const { p50, p95 } = durations[operation];
  // Box-Muller; 1 - float() keeps the logarithm's argument above zero.
  const normal = Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  return Math.round(p50 * Math.exp((normal * Math.log(p95 / p50)) / z95));
}
