import {
  type AdbAddress,
  type AppiumServer,
  type Device,
  type DeviceInfo,
  openAdbDevice,
  openAppiumDevice,
  startAppiumServer,
} from "../../device/index.ts";
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
  /** The server that names the devices. */
  readonly adb: AdbAddress;
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

/**
 * Starts what a driver needs besides the devices: for Appium a server, unless one is named.
 * Throws `DRIVER_ARGUMENTS` (class `config`), or what keeps the server from starting.
 */
export async function startDriver(options: StartDriverOptions): Promise<Driver> {
  const { adb, driver: name = "adb", appiumUrl } = options;
  if (name === "adb" && appiumUrl !== undefined) {
    throw configError("DRIVER_ARGUMENTS", "--appium-url is for --driver appium; name that driver as well");
  }
  const lock = (serial: string): Promise<FileLock> => lockDevice({ adb, serial });
  if (name === "adb") {
    return {
      name,
      adb,
      lock,
      open: (serial) => openAdbDevice({ serial, adbHost: adb }),
      close: async () => {},
    };
  }
  const own = appiumUrl === undefined ? await startOwnServer(options.signal) : undefined;
  const appium = own ?? { url: appiumUrl! };
  return {
    name,
    adb,
    lock,
    open: (serial) => openAppiumDevice({ serial, adbHost: adb, appium }),
    close: async () => own?.close(),
  };
}

async function startOwnServer(signal: AbortSignal): Promise<AppiumServer> {
  try {
    const onDeath = (why: string): void =>
      void process.stderr.write(`Appium has died (${why}) and is started again; devices get new sessions\n`);
    return await startAppiumServer({ signal, onDeath });
  } catch (error) {
    // Whoever pressed Ctrl-C meanwhile has no failure to read about.
    signal.throwIfAborted();
    throw error;
  }
}
