import type { Device } from "../../device/index.ts";
import { configError } from "../../errors.ts";
import type { Driver } from "./driver.ts";

/**
 * Opens a device for a run. A snapshot that it does not have is found here, before the first episode: each
 * episode of a night would fail by it. Throws `NO_SNAPSHOTS` or `SNAPSHOT_NOT_FOUND` (class `config`).
 */
export async function openDevice(
  driver: Driver,
  serial: string,
  snapshot: string | undefined,
): Promise<Device> {
  const device = await driver.open(serial);
  if (snapshot === undefined) return device;
  try {
    await requireSnapshot(device, snapshot, driver.adb.port);
    return device;
  } catch (error) {
    await device.close();
    throw error;
  }
}

/** Has a device for as long as `use` takes. Throws `DEVICE_IN_USE` (class `config`) as well. */
export async function withDevice<T>(
  driver: Driver,
  serial: string,
  snapshot: string | undefined,
  use: (device: Device) => Promise<T>,
): Promise<T> {
  const lock = await driver.lock(serial);
  try {
    const device = await openDevice(driver, serial, snapshot);
    try {
      return await use(device);
    } finally {
      await device.close();
    }
  } finally {
    lock.release();
  }
}

async function requireSnapshot({ info, snapshots }: Device, name: string, adbPort: number): Promise<void> {
  const { serial } = info;
  if (snapshots === undefined) {
    throw configError(
      "NO_SNAPSHOTS",
      `${serial} has no snapshot ${name}: it has no emulator console on this machine; ` +
        "leave --snapshot out, or use emulators",
    );
  }
  const known = await snapshots.list();
  if (known.includes(name)) return;
  // It has a console, so the adb server is on this machine.
  const adb = adbPort === 5037 ? "adb" : `adb -P ${adbPort}`;
  throw configError(
    "SNAPSHOT_NOT_FOUND",
    `${serial} has no snapshot ${name} (it has ${known.join(", ") || "none"}); ` +
      `save one with: ${adb} -s ${serial} emu avd snapshot save ${name}`,
  );
}
