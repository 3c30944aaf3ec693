import { Command } from "commander";
import { addDeviceOptions, type DeviceOptions } from "../connect.ts";

export function devicesCommand(): Command {
  const command = new Command("devices")
    .description("List the devices that adb sees, with their state and model.")
    .option("--json", "one JSON line per device");
  addDeviceOptions(command);
  return command
    .addHelpText(
      "after",
      `
Examples:
  $ androidgen devices
  $ androidgen devices --adb-port 5137 --json`,
    )
    .action(async (options: DeviceOptions & { json?: boolean }) => {
      const { listDevices } = await import("../devices/list.ts");
      await listDevices(options);
    });
}
