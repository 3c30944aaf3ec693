import { Command } from "commander";
import { addDeviceOptions } from "../connect.ts";
import type { DevicesOptions } from "../devices/list.ts";

export function devicesCommand(): Command {
  const command = new Command("devices")
    .description("List the devices that adb sees, with their state, model and API level.")
    .option("--probe", "open each with --driver, look at its screen once, and tell what it can do")
    .option("--json", "one JSON line per device");
  addDeviceOptions(command);
  return command
    .addHelpText(
      "after",
      `
Without --probe nothing is done to the devices, and those of a run are listed as well. With it a device that another
androidgen uses is left alone, and told as in use; the exit code is 1 where any other could not be opened.

Examples:
  $ androidgen devices
  $ androidgen devices --probe --driver appium
  $ androidgen devices --adb-port 5137 --json`,
    )
    .action(async (options: DevicesOptions) => {
      const { listDevices } = await import("../devices/list.ts");
      await listDevices(options);
    });
}
