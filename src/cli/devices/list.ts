import { type AdbDeviceRow, type DeviceInfo, listAdbDevices, openAdbDevice } from "../../device/index.ts";
import { AndroidGenError, configError, errorMessage } from "../../errors.ts";
import { adbAddress, type DeviceOptions } from "../connect.ts";
import { print, printJson, printTable } from "../output.ts";
import { printable } from "../printable.ts";
import { type Driver, withDriver } from "../run/driver.ts";
import { withDevice } from "../run/open-device.ts";

export type DevicesOptions = DeviceOptions & { probe?: boolean; json?: boolean };

/** What the adb server says of a device, and what the device says of itself or why it does not. */
type Row = AdbDeviceRow & { info?: Known; error?: { code: string; message: string } };

/** What a device can do is known in full once it was used. */
type Known = Omit<DeviceInfo, "capabilities"> & Partial<Pick<DeviceInfo, "capabilities">>;

/** A device that does not answer this soon is told as such. */
const ANSWER_MS = 5000;
/** After this long, whoever waits is told for what. */
const PATIENCE_MS = 5000;

/** Throws `DEVICE_NOT_FOUND` (class `config`). A probe that fails makes the exit code 1. */
export async function listDevices(options: DevicesOptions): Promise<void> {
  const devices = chosen(await listAdbDevices(adbAddress(options)), options);
  const rows = options.probe === true ? await probed(devices, options) : await asked(devices, options);
  if (
    options.probe === true &&
    rows.some(({ error }) => error !== undefined && error.code !== "DEVICE_IN_USE")
  ) {
    process.exitCode = 1;
  }
  if (options.json === true) return rows.forEach((row) => printJson(row));
  if (rows.length === 0) {
    return print(
      "no devices; start an emulator (emulators/README.md), or: androidgen sim, and name its --adb-port",
    );
  }
  if (options.probe === true) printTable(["serial", "model", "API", "can do"], rows.map(abilitiesRow));
  else printTable(["serial", "state", "model", "API", "screen"], rows.map(plainRow));
  for (const { serial, error } of rows) {
    if (error !== undefined) print(`\n${printable(`${serial}: ${error.message}`)} [${error.code}]`);
  }
}

function chosen(all: readonly AdbDeviceRow[], { device: wanted }: DevicesOptions): readonly AdbDeviceRow[] {
  if (wanted === undefined) return all;
  const serials = all.map(({ serial }) => serial);
  const missing = wanted.filter((serial) => !serials.includes(serial));
  if (missing.length === 0) return all.filter(({ serial }) => wanted.includes(serial));
  throw configError(
    "DEVICE_NOT_FOUND",
    `the adb server has no device ${missing.join(", ")}; it has ${serials.join(", ") || "none"}`,
  );
}

/** One round trip to each, which changes nothing, so that devices of a run can be listed as well. */
function asked(devices: readonly AdbDeviceRow[], options: DevicesOptions): Promise<Row[]> {
  const timeouts = {
    commandMs: ANSWER_MS,
    patience: { serverMs: ANSWER_MS, absentMs: ANSWER_MS, offlineMs: ANSWER_MS, reconnectMs: ANSWER_MS },
  };
  return describe(devices, async (serial) => {
    const device = await openAdbDevice({ serial, adbHost: adbAddress(options), timeouts });
    await device.close();
    const { capabilities: _, ...known } = device.info;
    return known;
  });
}

/** Opened by the driver that a run would use, for one look at the screen: only so is all of it known. */
function probed(devices: readonly AdbDeviceRow[], options: DevicesOptions): Promise<Row[]> {
  return withDriver({ ...options, adb: adbAddress(options) }, (driver) =>
    describe(devices, (serial) => probe(driver, serial)),
  );
}

function probe(driver: Driver, serial: string): Promise<DeviceInfo> {
  return withDevice(driver, serial, undefined, async (device) => {
    await device.screen();
    return device.info;
  });
}

function describe(
  devices: readonly AdbDeviceRow[],
  look: (serial: string) => Promise<Known>,
): Promise<Row[]> {
  const waiting = new Set<string>();
  // Not on standard output, which may be read by a program.
  const timer = setTimeout(() => {
    process.stderr.write(`waiting for ${printable([...waiting].join(", "))}\n`);
  }, PATIENCE_MS);
  const rows = devices.map(async (device) => {
    if (device.state !== "device") return device;
    waiting.add(device.serial);
    try {
      return { ...device, info: await look(device.serial) };
    } catch (error) {
      const code = AndroidGenError.isInstance(error) ? error.code : "UNEXPECTED";
      return { ...device, error: { code, message: errorMessage(error) } };
    } finally {
      waiting.delete(device.serial);
    }
  });
  return Promise.all(rows).finally(() => clearTimeout(timer));
}

function plainRow({ serial, state, model, info, error }: Row): (string | number)[] {
  if (info === undefined) return [serial, state, model, "", why(error)];
  return [serial, state, info.model, info.apiLevel, `${info.width}×${info.height} at ${info.density} dpi`];
}

function abilitiesRow({ serial, state, model, info, error }: Row): (string | number)[] {
  if (info?.capabilities === undefined) return [serial, model, "", error === undefined ? state : why(error)];
  const { root, inputMethod, text, picture, windows, snapshots } = info.capabilities;
  const abilities = [
    root ? "root" : "no root",
    snapshots ? "snapshots" : "no snapshots",
    `text by ${text.join(", ")}`,
    `pictures as ${picture}`,
    windows ? "trees of all windows" : "trees of the active window",
    inputMethod === "" ? "no input method" : inputMethod,
  ];
  return [serial, info.model, info.apiLevel, abilities.join("; ")];
}

/** The message stands in full below the table. */
function why(error: Row["error"]): string {
  if (error === undefined) return "";
  return error.code === "DEVICE_IN_USE" ? "in use" : "failed, see below";
}
