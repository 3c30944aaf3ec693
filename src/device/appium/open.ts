import { infraError } from "../../errors.ts";
import type { AdbTimeouts } from "../adb/device.ts";
import type { AdbAddress } from "../adb/server.ts";
import type { Device } from "../device.ts";
import type { HelperVersions } from "./helpers.ts";

/** Bounds of the driver's waits, in milliseconds. */
export interface AppiumTimeouts extends AdbTimeouts {
  /** Opening one session, with what has to be installed for it. */
  sessionMs: number;
}

export interface OpenAppiumDeviceOptions {
  /** As `adb devices` names it. */
  serial: string;
  /** 127.0.0.1:5037 without it. */
  adbHost?: AdbAddress;
  /** An `AppiumServer` of ours, or the address of somebody else's. */
  appium: { readonly url: string; readonly helpers?: HelperVersions };
  timeouts?: Partial<AppiumTimeouts>;
}

/**
 * Opens a device that an adb server knows, for touches and trees through Appium and for all else through adb. What is
 * wrong before the first word with the device is the user's to mend, so it is of class `config`: as with
 * `openAdbDevice`, and `APPIUM_URL` where no Appium answers. `DEVICE_OPEN` (`config`) where this process has it open.
 */
export async function openAppiumDevice(options: OpenAppiumDeviceOptions): Promise<Device> {
  throw infraError("SESSION_FAILED", `no session for ${options.serial}: the driver is not complete yet`);
}
