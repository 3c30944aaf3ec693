import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { errorMessage } from "../../errors.ts";
import { listAdbDevices } from "../../device/index.ts";
import { adbAddress, type DeviceOptions } from "../connect.ts";
import type { DoctorCheck } from "./check.ts";

const run = promisify(execFile);

/** The binary is only a hint: any adb server will do, also one on another machine. */
export async function checkAdbBinary(): Promise<DoctorCheck> {
  try {
    const { stdout } = await run("adb", ["version"], { timeout: 10_000 });
    return { name: "adb", status: "ok", found: stdout.split("\n")[0] ?? "" };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return {
      name: "adb",
      status: "hint",
      found: missing ? "no adb on the path" : errorMessage(error).split("\n")[0]!,
      mend: "sdkmanager 'platform-tools', or on Debian: apt-get install adb; androidgen sim works without it",
    };
  }
}

export async function checkDevices(options: DeviceOptions): Promise<DoctorCheck[]> {
  const where = `${options.adbHost}:${options.adbPort}`;
  try {
    const devices = await listAdbDevices(adbAddress(options));
    const ready = devices.filter((device) => device.state === "device");
    const other = devices.filter((device) => device.state !== "device");
    return [
      { name: "adb server", status: "ok", found: where },
      {
        name: "devices",
        status: ready.length > 0 ? "ok" : "missing",
        found:
          [...ready.map((d) => d.serial), ...other.map((d) => `${d.serial} (${d.state})`)].join(", ") ||
          "none",
        ...(ready.length > 0 ? {} : { mend: "start an emulator (emulators/README.md), or: androidgen sim" }),
      },
    ];
  } catch (error) {
    return [
      {
        name: "adb server",
        status: "missing",
        found: `${where}: ${errorMessage(error)}`,
        mend: "adb start-server, or: androidgen sim, and name its --adb-port",
      },
    ];
  }
}
