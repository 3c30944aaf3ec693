import { type AdbAddress, type Device, openAdbDevice } from "../../device/index.ts";
import { configError } from "../../errors.ts";

export interface OpenDeviceOptions {
  serial: string;
  adb: AdbAddress;
  /** Emulator snapshot that every episode starts from. */
  snapshot?: string;
}

/**
 * Opens a device for a run. A snapshot that it does not have is found here, before the first episode: each
 * episode of a night would fail by it. Throws `NO_SNAPSHOTS` or `SNAPSHOT_NOT_FOUND` (class `config`).
 */
export async function openDevice({ serial, adb, snapshot }: OpenDeviceOptions): Promise<Device> {
  const device = await openAdbDevice({ serial, adbHost: adb });
  if (snapshot === undefined) return device;
  try {
    await requireSnapshot(device, snapshot);
    return device;
  } catch (error) {
    await device.close();
    throw error;
  }
}

async function requireSnapshot({ info, snapshots }: Device, name: string): Promise<void> {
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
  throw configError(
    "SNAPSHOT_NOT_FOUND",
    `${serial} has no snapshot ${name} (it has ${known.join(", ") || "none"}); ` +
      `save one with: adb -s ${serial} emu avd snapshot save ${name}`,
  );
}
