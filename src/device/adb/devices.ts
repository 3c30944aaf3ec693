import { type AdbAddress, defaultAdbAddress, query } from "./server.ts";

/** One row of `adb devices -l`. */
export interface AdbDeviceRow {
  serial: string;
  /** `device` when it can be used; else `offline`, `unauthorized`, `authorizing` … */
  state: string;
  product: string;
  model: string;
  /** The adb server's number for its connection with the device; never used again for another. */
  transportId: string;
}

/** The devices that an adb server knows. Throws `ADB_UNREACHABLE` or `DEVICE_TIMEOUT` (`infra`). */
export async function listAdbDevices(
  address: AdbAddress = defaultAdbAddress,
  timeoutMs = 5000,
): Promise<AdbDeviceRow[]> {
  return parseDeviceRows(await query({ address, timeoutMs, what: "listing devices" }, "host:devices-l"));
}

/** Rows as `host:devices-l` and `host:track-devices-l` give them. */
export function parseDeviceRows(text: string): AdbDeviceRow[] {
  return text.split("\n").flatMap((line) => {
    const [serial, state, ...rest] = line.trim().split(/\s+/u);
    if (serial === undefined || state === undefined) return [];
    // USB devices have a path without a name among these; others do not.
    const field = (name: string): string =>
      rest.find((part) => part.startsWith(`${name}:`))?.slice(name.length + 1) ?? "";
    return [
      {
        serial,
        state,
        product: field("product"),
        model: field("model"),
        transportId: field("transport_id"),
      },
    ];
  });
}
