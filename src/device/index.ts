export type {
  ActionResult,
  Device,
  DeviceInfo,
  DeviceSnapshots,
  InstalledApp,
  ShellOptions,
  ShellResult,
} from "./device.ts";
