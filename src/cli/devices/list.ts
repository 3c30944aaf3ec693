import { listAdbDevices } from "../../device/index.ts";
import { adbAddress, type DeviceOptions } from "../connect.ts";
import { print, printJson, printTable } from "../output.ts";

export async function listDevices(options: DeviceOptions & { json?: boolean }): Promise<void> {
  const all = await listAdbDevices(adbAddress(options));
  const devices = all.filter(({ serial }) => options.device === undefined || options.device.includes(serial));
  if (options.json === true) return devices.forEach((device) => printJson(device));
  if (devices.length === 0) {
    return print("no devices; start an emulator (emulators/README.md), or: androidgen sim");
  }
  printTable(
    ["serial", "state", "product", "model"],
    devices.map((device) => [device.serial, device.state, device.product, device.model]),
  );
}
