import { Command } from "commander";
import { addDeviceOptions, addEndpointOptions, type DeviceOptions, type ModelOptions } from "../connect.ts";
import { DEFAULT_DB } from "../options.ts";

export type DoctorOptions = DeviceOptions & ModelOptions & { db: string; json?: boolean };

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("Check what a run needs on this machine, and say how to mend what is missing.")
    .option("--db <file>", "database that a run would write", DEFAULT_DB)
    .option("--json", "one JSON line per check");
  addDeviceOptions(command);
  addEndpointOptions(command);
  return command
    .addHelpText(
      "after",
      `
Exit code 0 when everything a run needs is there, 1 otherwise. What is only nice to have is a hint, not a failure.

Examples:
  $ androidgen doctor
  $ androidgen doctor --adb-port 5137 --base-url http://localhost:8000/v1 --model my-model
  $ androidgen doctor --models models.yaml           each of its endpoints, with key, models and prices`,
    )
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("../doctor/doctor.ts");
      await doctor(options);
    });
}
