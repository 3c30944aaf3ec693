export { listAdbDevices } from "./adb/devices.ts";
export type { AdbDeviceRow } from "./adb/devices.ts";
export { readAdbServerVersion } from "./adb/server-version.ts";
export { openAdbDevice } from "./adb/open.ts";
export type { OpenAdbDeviceOptions } from "./adb/open.ts";
export { isLoopback } from "./adb/server.ts";
export type { AdbAddress } from "./adb/server.ts";
export type { AdbTimeouts } from "./adb/device.ts";
export { openAppiumDevice } from "./appium/open.ts";
export type { AppiumTimeouts, OpenAppiumDeviceOptions } from "./appium/open.ts";
export { usualSdkFolders } from "./appium/sdk.ts";
export { startAppiumServer } from "./appium/server.ts";
export type { AppiumServer, AppiumServerOptions } from "./appium/server.ts";
export { consoleCommand } from "./console.ts";
export type { ConsoleOptions } from "./console.ts";
export type {
  ActionResult,
  Device,
  DeviceCapabilities,
  DeviceClipboard,
  DeviceInfo,
  DeviceSnapshots,
  InstalledApp,
  PortForward,
  PushOptions,
  ShellOptions,
  ShellResult,
  TextWay,
  TransferOptions,
} from "./device.ts";
