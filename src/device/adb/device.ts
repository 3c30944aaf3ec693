import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { randomBytes } from "node:crypto";
import { configError, errorMessage, infraError } from "../../errors.ts";
import type { Device, DeviceInfo, DeviceSnapshots, InstalledApp } from "../device.ts";
import { launchableApps } from "../act/apps.ts";
import { perform } from "../act/perform.ts";
import { commandsOver } from "./commands.ts";
import { adbHands } from "./hands.ts";
import { observe, observeElements, readForeground } from "./observe.ts";
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
}

export const defaultTimeouts: AdbTimeouts = {
  commandMs: 30_000,
  transferMs: 120_000,
  installMs: 180_000,
  settleMs: 60_000,
  retryMs: 500,
};

/** The `Device` contract over the services of one adbd. */
export function adbDevice(
  transport: AdbTransport,
  info: DeviceInfo,
  timeouts: AdbTimeouts,
  snapshots: DeviceSnapshots | undefined,
): Device {
  const commands = commandsOver(transport, timeouts.commandMs);
  const times = { commandMs: timeouts.commandMs, retryMs: timeouts.retryMs };
  let known: InstalledApp[] | undefined;
  let closed = false;

  const open = (): void => {
    if (closed) throw infraError("DEVICE_CLOSED", `${info.serial} is used after it was closed`);
  };
  const hands = adbHands({
    commands,
    apiLevel: info.apiLevel,
    look: () => observeElements(transport, info, times),
  });
  const apps = async ({ fresh }: { fresh: boolean }): Promise<InstalledApp[]> => {
    if (known === undefined || fresh) known = await launchableApps(commands);
    return known;
  };

  return {
    info,
    ...(snapshots && { snapshots }),
    async screen() {
      open();
      return observe(transport, info, times);
    },
    async perform(action, screen) {
      open();
      return perform(action, screen, {
        hands,
        commands,
        foreground: () => readForeground(transport, timeouts.commandMs),
        apps,
      });
    },
    async shell(argv, options = {}) {
      open();
      const { stdout, stderr, exitCode } = await transport.run(commandLine(argv), {
        timeoutMs: options.timeoutMs ?? timeouts.commandMs,
        ...(options.input !== undefined && { input: Buffer.from(options.input) }),
      });
      return { stdout: stdout.toString(), stderr: stderr.toString(), exitCode };
    },
    async push(content, remotePath, mode = 0o644) {
      open();
      await transport.push(content, remotePath, mode, timeouts.transferMs);
    },
    async pull(remotePath) {
      open();
      return transport.pull(remotePath, timeouts.transferMs);
    },
    async install(apkPath) {
      open();
      const apk = await readApk(apkPath);
      const remote = `/data/local/tmp/androidgen-${randomBytes(6).toString("hex")}.apk`;
      await transport.push(apk, remote, 0o644, timeouts.transferMs);
      try {
        const result = await commands.run(["pm", "install", "-r", "-g", remote], timeouts.installMs);
        const said = `${result.stdout}\n${result.stderr}`.trim();
        // Old versions exit with 0 whatever happened.
        if (result.exitCode !== 0 || !/^Success\b/mu.test(said)) {
          throw infraError("INSTALL_FAILED", `installing ${basename(apkPath)} on ${info.serial}: ${said}`);
        }
      } finally {
        await commands.run(["rm", "-f", remote]);
      }
      known = undefined;
    },
    async apps() {
      open();
      return apps({ fresh: true });
    },
    async close() {
      // Every call has its own connection and closes it, so nothing is left to be closed here.
      closed = true;
    },
  };
}

async function readApk(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw configError("APK_UNREADABLE", `the app file ${path} cannot be read: ${errorMessage(error)}`, error);
  }
}
