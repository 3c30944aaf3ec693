import type { DoctorOptions } from "../commands/doctor.ts";
import { print, printJson } from "../output.ts";
import { printable } from "../printable.ts";
import { checkAdbBinary, checkDevices } from "./adb.ts";
import { checkEndpoint } from "./endpoint.ts";
import { checkDisk, checkMemory, checkModules, checkNode } from "./host.ts";

const SIGNS = { ok: "ok     ", hint: "hint   ", missing: "MISSING" };

export async function doctor(options: DoctorOptions): Promise<void> {
  const [modules, disk, adb, devices, endpoint] = await Promise.all([
    checkModules(),
    checkDisk(options.db),
    checkAdbBinary(),
    checkDevices(options),
    checkEndpoint(options),
  ]);
  const checks = [checkNode(), modules, disk, checkMemory(), adb, ...devices, endpoint];
  for (const check of checks) {
    if (options.json === true) {
      printJson(check);
    } else {
      print(`${SIGNS[check.status]}  ${check.name}: ${printable(check.found)}`);
      if (check.mend !== undefined) print(`         → ${printable(check.mend)}`);
    }
  }
  if (checks.some((check) => check.status === "missing")) process.exitCode = 1;
}
