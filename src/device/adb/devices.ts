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

/**
 * A serial, a state and what is known of the device. Serials of wireless devices may hold spaces, as in
 * `adb-39021FDJH (2)._adb-tls-connect._tcp`, and so does one of the states (AOSP `to_string(ConnectionState)`).
 */
const row =
  /^(\S.*?)\s+(device|offline|unauthorized|authorizing|connecting|bootloader|recovery|sideload|rescue|host|detached|no permissions|unknown)(?=[\s;]|$)(.*)$/u;

/** With a state that adb did not have when this was written. */
const newRow = /^(\S+)\s+(\S+)(.*)$/u;

/** Rows as `host:devices-l` and `host:track-devices-l` give them. */
export function parseDeviceRows(text: string): AdbDeviceRow[] {
  return text.split("\n").flatMap((line) => {
    const found = row.exec(line.trim()) ?? newRow.exec(line.trim());
    if (found === null) return [];
    const [, serial, state, rest] = found as unknown as [string, string, string, string];
    // USB devices have a path without a name among these; others do not.
    const field = (name: string): string => new RegExp(`\\s${name}:(\\S+)`, "u").exec(rest)?.[1] ?? "";
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
