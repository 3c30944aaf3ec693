import { setTimeout as delay } from "node:timers/promises";
import { AndroidGenError, configError, infraError } from "../../errors.ts";
import { consolePortOf, emulatorSnapshots } from "../console.ts";
import type { Device, DeviceInfo } from "../device.ts";
import { commandsOver } from "./commands.ts";
import { type AdbSide, adbSide, type AdbTimeouts, defaultTimeouts } from "./device.ts";
import { listAdbDevices } from "./devices.ts";
import { readForeground } from "./observe.ts";
import { readInfo, refreshInfo } from "./probe.ts";
import { type AdbAddress, defaultAdbAddress, isLoopback } from "./server.ts";
import { DeviceLink } from "./link.ts";
import { type AdbTransport, transportOver } from "./transport.ts";

export interface OpenAdbDeviceOptions {
  /** As `adb devices` names it. */
  serial: string;
  /** 127.0.0.1:5037 without it. */
  adbHost?: AdbAddress;
  timeouts?: Partial<AdbTimeouts>;
}

/** Between two looks at a device that is coming back. */
const settlePollMs = 200;

/**
 * Opens a device that an adb server knows. What is wrong before the first word with the device is the
 * user's to mend, so it is of class `config`: `ADB_UNREACHABLE` or `DEVICE_NOT_FOUND`, which says what
 * the server does know. What goes wrong later is `infra`.
 */
export async function openAdbDevice(options: OpenAdbDeviceOptions): Promise<Device> {
  return (await openAdbSide(options)).device;
}

/** The same for a driver that takes a part of what it does from adb. Closing `device` ends it all. */
export async function openAdbSide(options: OpenAdbDeviceOptions): Promise<AdbSide> {
  const address = options.adbHost ?? defaultAdbAddress;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const link = await reach(options.serial, address, timeouts);
  try {
    const transport = transportOver(link);
    const { info, avdName } = await readInfo(transport, timeouts.commandMs);
    const port = isLoopback(address.host) ? consolePortOf(options.serial) : undefined;
    const snapshots =
      port === undefined
        ? undefined
        : await emulatorSnapshots({
            port,
            avdName,
            settled: () => untilReady(transport, info, timeouts),
          });
    info.capabilities.snapshots = snapshots !== undefined;
    return adbSide({ transport, info, timeouts, snapshots, disconnect: () => link.close() });
  } catch (error) {
    link.close();
    throw error;
  }
}

async function reach(serial: string, address: AdbAddress, timeouts: AdbTimeouts): Promise<DeviceLink> {
  const { commandMs, patience } = timeouts;
  // What is no serial must not become another request.
  if (!/^[^\s;,](?:[^\r\n\t;,]*[^\s;,])?$/u.test(serial)) {
    throw configError("DEVICE_NOT_FOUND", `${JSON.stringify(serial)} cannot be a device's serial`);
  }
  try {
    return await DeviceLink.open({ address, serial, commandMs, patience });
  } catch (error) {
    if (!AndroidGenError.isInstance(error)) throw error;
    if (["ADB_UNREACHABLE", "ADB_OLD", "DEVICE_UNAUTHORIZED", "DEVICE_AMBIGUOUS"].includes(error.code)) {
      throw configError(error.code, error.message, error);
    }
    if (error.code !== "DEVICE_GONE") throw error;
    const rows = await listAdbDevices(address, timeouts.commandMs);
    const known = rows.map((row) => `${row.serial} (${row.state})`).join(", ");
    throw configError(
      "DEVICE_NOT_FOUND",
      `there is no usable device ${serial} at the adb server ${address.host}:${address.port}; it has ${known || "none"}`,
      error,
    );
  }
}

/**
 * Waits until a device whose memory was replaced answers again. `sys.boot_completed` says nothing
 * here, for it is in the snapshot: the package manager must answer, a window must have the focus, and the device
 * must tell what it is now.
 */
async function untilReady(
  transport: AdbTransport,
  info: DeviceInfo,
  { commandMs, settleMs }: AdbTimeouts,
): Promise<void> {
  const commands = commandsOver(transport, Math.min(commandMs, settleMs));
  const deadline = performance.now() + settleMs;
  let last: unknown;
  for (;;) {
    try {
      await commands.must(["pm", "path", "android"]);
      const { package: inFront } = await readForeground(transport, commandMs);
      if (inFront !== "") return await refreshInfo(info, transport, commandMs);
    } catch (error) {
      // While adb connects anew the device seems gone.
      if (!AndroidGenError.isInstance(error)) throw error;
      last = error;
    }
    if (performance.now() > deadline) {
      throw infraError(
        "DEVICE_TIMEOUT",
        `${transport.serial} does not answer ${settleMs} ms after a snapshot was loaded`,
        last,
      );
    }
    await delay(settlePollMs);
  }
}
