import { infraError } from "../../errors.ts";
import { launchableApps } from "../act/apps.ts";
import type { Hands } from "../act/hands.ts";
import { perform } from "../act/perform.ts";
import { tellUnsure } from "../act/unsure.ts";
import type { Device, DeviceInfo, DeviceSnapshots, InstalledApp } from "../device.ts";
import type { Foreground } from "../look/foreground.ts";
import { clipperClipboard } from "./clipper.ts";
import type { Commands } from "../commands.ts";
import { commandsOver } from "./commands.ts";
import { adbHands } from "./hands.ts";
import { installApp } from "./install.ts";
import type { Patience } from "./link.ts";
import { Observer, readForeground } from "./observe.ts";
import { portsOf } from "./ports.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/** Bounds of the driver's waits, in milliseconds. */
export interface AdbTimeouts {
  /** One command, a tree dump included. */
  commandMs: number;
  /** One file, sent or fetched. */
  transferMs: number;
  /** Installing one app. */
  installMs: number;
  /** Until a device answers again after a snapshot was loaded. */
  settleMs: number;
  /** Before a failed tree dump is tried again; doubled each time. */
  retryMs: number;
  /** How long a device that went away is waited for. */
  patience: Patience;
}

export const defaultTimeouts: AdbTimeouts = {
  commandMs: 30_000,
  transferMs: 120_000,
  installMs: 180_000,
  settleMs: 60_000,
  retryMs: 500,
  patience: { serverMs: 15_000, absentMs: 5000, offlineMs: 45_000, reconnectMs: 15_000 },
};

/** A device over adb, and what other drivers of the same device take from adb. */
export interface AdbSide {
  device: Device;
  commands: Commands;
  foreground(): Promise<Foreground>;
  /** As `Device.apps`; `fresh` asks the device again instead of remembering. */
  apps(options: { fresh: boolean }): Promise<InstalledApp[]>;
}

export interface AdbSideOptions {
  transport: AdbTransport;
  info: DeviceInfo;
  timeouts: AdbTimeouts;
  snapshots: DeviceSnapshots | undefined;
  /** Gives up the connection; called once. */
  disconnect: () => void;
}

/** The `Device` contract over the services of one adbd. */
export function adbSide({ transport, info, timeouts, snapshots, disconnect }: AdbSideOptions): AdbSide {
  const { commandMs, retryMs, transferMs, installMs } = timeouts;
  const commands = commandsOver(transport, commandMs);
  const ports = portsOf(transport, commandMs);
  const observer = new Observer(transport, info, { commandMs, retryMs });
  let known: InstalledApp[] | undefined;
  let closed = false;

  const open = (): void => {
    if (closed) throw infraError("DEVICE_CLOSED", `${info.serial} is used after it was closed`);
  };
  const foreground = (): Promise<Foreground> => readForeground(transport, commandMs);
  const touches = adbHands({
    commands,
    apiLevel: info.apiLevel,
    ways: () => info.capabilities.text,
    look: () => observer.elements(),
  });
  const hands: Hands = {
    ...touches,
    tap: (at) => observer.touching(() => touches.tap(at)),
    doubleTap: (at) => observer.touching(() => touches.doubleTap(at)),
    press: (key) => observer.touching(() => touches.press(key)),
  };
  /** Whatever is done to the device may change its screen. */
  const changing = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } finally {
      observer.touched();
    }
  };
  const apps = async ({ fresh }: { fresh: boolean }): Promise<InstalledApp[]> => {
    if (known === undefined || fresh) known = await launchableApps(commands);
    return known;
  };
  const load = (name: string): Promise<void> =>
    changing(async () => {
      known = undefined;
      await snapshots?.load(name);
    });

  const device: Device = {
    info,
    ...(snapshots && { snapshots: { ...snapshots, load } }),
    ...(info.capabilities.text.includes("clipboard") && { clipboard: clipperClipboard(commands) }),
    async screen() {
      open();
      return observer.screen();
    },
    async perform(action, screen) {
      open();
      const body = { hands, commands, foreground, apps };
      return changing(() => tellUnsure(perform(action, screen, body)));
    },
    async shell(argv, options = {}) {
      open();
      const { stdout, stderr, exitCode } = await changing(() =>
        transport.run(commandLine(argv), {
          timeoutMs: options.timeoutMs ?? commandMs,
          ...(options.input !== undefined && { input: Buffer.from(options.input) }),
        }),
      );
      return { stdout: stdout.toString(), stderr: stderr.toString(), exitCode };
    },
    async push(content, remotePath, { mode = 0o644, ...options } = {}) {
      open();
      await changing(() => transport.push(content, remotePath, mode, { timeoutMs: transferMs, ...options }));
    },
    async pull(remotePath, options = {}) {
      open();
      return transport.pull(remotePath, { timeoutMs: transferMs, ...options });
    },
    async install(apkPaths, options = {}) {
      open();
      const paths = typeof apkPaths === "string" ? [apkPaths] : apkPaths;
      await changing(() => installApp(transport, paths, { timeoutMs: installMs, ...options }));
      known = undefined;
    },
    async forward(devicePort) {
      open();
      return ports.forward(devicePort);
    },
    async reverse(devicePort, hostPort) {
      open();
      return ports.reverse(devicePort, hostPort);
    },
    async apps() {
      open();
      return apps({ fresh: true });
    },
    async close() {
      if (closed) return;
      closed = true;
      try {
        await ports.close();
      } finally {
        disconnect();
      }
    },
  };
  return { device, commands, foreground, apps };
}
