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

/**
 * A way of getting text into a field:
 * - `keys`: `input text` presses keys; printable ASCII only.
 * - `adbKeyboard`: ADBKeyboard commits what a broadcast brings.
 * - `clipboard`: a helper app fills the clipboard, and the paste key pastes it.
 * - `setText`: the accessibility service sets the field's text (UiAutomator2).
 */
export type TextWay = "keys" | "adbKeyboard" | "clipboard" | "setText";

/**
 * What a device can do, found out by trying it, never guessed from its version: when it is opened and after each
 * snapshot that is loaded, but for `picture` and `windows`, which its first screens show.
 */
export interface DeviceCapabilities {
  /** Commands can be run as root. */
  root: boolean;
  /** The user's input method, such as `com.android.inputmethod.latin/.LatinIME`; empty where there is none. */
  inputMethod: string;
  /** The ways that work, the first choice first. */
  text: TextWay[];
  /** How a picture is had soonest: a PNG made on the device, or raw pixels. */
  picture: "png" | "raw";
  /** The UI tree holds every window, not the active one alone. */
  windows: boolean;
  /** Whole-device snapshots. */
  snapshots: boolean;
}

/** What a device is, read when it is opened and after each snapshot that is loaded. Nothing here names the host. */
export interface DeviceInfo {
  serial: string;
  /**
   * Tells this device from another that comes to have the same serial: a hash of what stays the same over
   * reconnects and reboots.
   */
  identity: string;
  driver: "adb" | "appium";
  /** `ro.product.model`. */
  model: string;
  /** `ro.build.version.sdk`. */
  apiLevel: number;
  /** Pixels in the natural orientation. */
  width: number;
  height: number;
  /** Dots per inch. */
  density: number;
  /** adb features the device announces, such as `shell_v2`. */
  features: string[];
  emulator: boolean;
  capabilities: DeviceCapabilities;
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
   * `quote`, `answer` and `finish` do nothing here; `callApi` is refused, since the room `api/` carries it out.
   */
  perform(action: Action, screen: Screen): Promise<ActionResult>;
  /** Runs a command by argument vector. No argument is ever read by a shell as more than itself. */
  shell(argv: readonly string[], options?: ShellOptions): Promise<ShellResult>;
  push(content: Buffer, remotePath: string, options?: PushOptions): Promise<void>;
  pull(remotePath: string, options?: TransferOptions): Promise<Buffer>;
  /** Installs one app, from one APK or from all the parts of a split one. */
  install(apkPaths: string | readonly string[], options?: TransferOptions): Promise<void>;
  /** A port on this host's loopback whose connections end at a port of the device. */
  forward(devicePort: number): Promise<PortForward>;
  /** A port on the device's loopback whose connections end at a port of this host. */
  reverse(devicePort: number, hostPort: number): Promise<PortForward>;
  /** Present where the driver has a way to the clipboard. */
  readonly clipboard?: DeviceClipboard;
  /** Packages that have a launcher icon, with the name people call them by where it is known. */
  apps(): Promise<InstalledApp[]>;
  close(): Promise<void>;
}

export interface TransferOptions {
  /** Called as the bytes go, at most once per block. */
  onProgress?: (progress: { bytes: number; total: number }) => void;
}

export interface PushOptions extends TransferOptions {
  /** Permission bits; 0o644 without it. */
  mode?: number;
}

export interface PortForward {
  /** The listening port. */
  port: number;
  close(): Promise<void>;
}

export interface DeviceClipboard {
  get(): Promise<string>;
  set(text: string): Promise<void>;
}

export interface InstalledApp {
  package: string;
  /** Component started for it, such as `com.android.settings/.Settings`. */
  activity: string;
  name: string;
}
