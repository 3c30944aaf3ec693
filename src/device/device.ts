import type { Action } from "../action/index.ts";
import type { Screen } from "../screen/index.ts";

export interface ShellResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface ShellOptions {
  /** Bound of the wait in milliseconds; 30,000 without it. */
  timeoutMs?: number;
  /** Bytes for the command's standard input. */
  input?: string | Buffer;
}

/** What a device is, read once when it is opened. Nothing here names the host. */
export interface DeviceInfo {
  serial: string;
  /** `ro.product.model`. */
  model: string;
  /** `ro.build.version.sdk`. */
  apiLevel: number;
  width: number;
  height: number;
  /** Dots per inch. */
  density: number;
  /** adb features the device announces, such as `shell_v2`. */
  features: string[];
  emulator: boolean;
}

/** What became of an action on the device. A refusal is the agent's to mend; faults are thrown. */
export type ActionResult = { ok: true } | { ok: false; reason: string };

/** Whole-device snapshots of an emulator, by name. */
export interface DeviceSnapshots {
  list(): Promise<string[]>;
  save(name: string): Promise<void>;
  load(name: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/**
 * An Android device that somebody else keeps running. Every call is bounded in time; a device
 * that vanishes throws `DEVICE_GONE` (class `infra`).
 */
export interface Device {
  readonly info: DeviceInfo;
  /** Present where the device can take and restore snapshots. */
  readonly snapshots?: DeviceSnapshots;
  screen(): Promise<Screen>;
  /**
   * Carries out one action. Element targets are resolved on `screen`, the one the agent saw;
   * `quote`, `answer` and `finish` do nothing here.
   */
  perform(action: Action, screen: Screen): Promise<ActionResult>;
  /** Runs a command by argument vector. No argument is ever read by a shell as more than itself. */
  shell(argv: readonly string[], options?: ShellOptions): Promise<ShellResult>;
  push(content: Buffer, remotePath: string, mode?: number): Promise<void>;
  pull(remotePath: string): Promise<Buffer>;
  install(apkPath: string): Promise<void>;
  /** Packages that have a launcher icon, with the name people call them by where it is known. */
  apps(): Promise<InstalledApp[]>;
  close(): Promise<void>;
}

export interface InstalledApp {
  package: string;
  /** Component started for it, such as `com.android.settings/.Settings`. */
  activity: string;
  name: string;
}
