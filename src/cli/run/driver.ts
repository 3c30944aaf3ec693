import { type AdbAddress, type Device, type DeviceInfo, openAdbDevice } from "../../device/index.ts";
import { configError } from "../../errors.ts";
import { lockDevice } from "../../farm/index.ts";
import type { FileLock } from "../../file-lock.ts";
import { interruptSignal } from "../interrupt.ts";

export type DriverName = DeviceInfo["driver"];

export interface DriverChoice {
  /** adb's without it. */
  driver?: DriverName;
  /** An Appium server that somebody else keeps running. */
  appiumUrl?: string;
}

/** How the devices of one adb server are driven, by one program at a time. */
export interface Driver {
  readonly name: DriverName;
  /** Throws `DEVICE_IN_USE` (class `config`). */
  lock(serial: string): Promise<FileLock>;
  open(serial: string): Promise<Device>;
  /** Ends what was started for the driver; the devices must be closed by then. */
  close(): Promise<void>;
}

export interface StartDriverOptions extends DriverChoice {
  adb: AdbAddress;
  /** Ends the start of what the driver needs. */
  signal: AbortSignal;
}

/** Has a driver, and Ctrl-C as an orderly end of its use, for as long as `use` takes. */
export async function withDriver<T>(
  options: DriverChoice & { adb: AdbAddress },
  use: (driver: Driver, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = interruptSignal(() => {});
  try {
    const driver = await startDriver({ ...options, signal: interrupt.signal });
    try {
      return await use(driver, interrupt.signal);
    } finally {
      await driver.close();
    }
  } finally {
    interrupt.dispose();
  }
}

/** Starts what a driver needs besides the devices. Throws `DRIVER_ARGUMENTS` (class `config`). */
export async function startDriver(options: StartDriverOptions): Promise<Driver> {
  const { adb, driver: name = "adb", appiumUrl } = options;
  if (name === "adb" && appiumUrl !== undefined) {
    throw configError("DRIVER_ARGUMENTS", "--appium-url is for --driver appium; name that driver as well");
  }
  return {
    name,
    lock: (serial) => lockDevice({ adb, serial }),
    open: (serial) => openAdbDevice({ serial, adbHost: adb }),
    close: async () => {},
  };
}
