import { homedir } from "node:os";
import { usualSdkFolders } from "../../device/index.ts";
import type { DoctorOptions } from "../commands/doctor.ts";
import { adbAddress } from "../connect.ts";
import { print, printJson } from "../output.ts";
import { printable } from "../printable.ts";
import { checkAdb } from "./adb.ts";
import { checkAppium, checkAppiumServer, checkJava } from "./appium.ts";
import { bounded, type DoctorCheck } from "./check.ts";
import { checkEmulator } from "./emulator.ts";
import { checkDisk, checkMemory, checkModules, checkNode } from "./host.ts";
import { checkModels } from "./models.ts";
import type { Machine } from "./programs.ts";
import { checkSdk } from "./sdk.ts";

const SIGNS = { ok: "ok     ", hint: "hint   ", missing: "MISSING" };

/** `androidgen doctor`: looks at everything at once, and changes nothing. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const checks = await allChecks(thisMachine(), options);
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

async function allChecks(machine: Machine, options: DoctorOptions): Promise<DoctorCheck[]> {
  const { driver, appiumUrl } = options;
  // A server of somebody else's has an SDK and a driver of its own.
  const ownAppium = driver === "appium" && appiumUrl === undefined;
  const checks = [
    bounded("native modules", checkModules()),
    bounded("disk", checkDisk(options.db)),
    bounded("adb", checkAdb(machine, adbAddress(options), { needsProgram: ownAppium })),
    bounded("Android SDK", checkSdk(machine, { needed: ownAppium })),
    bounded("emulator", checkEmulator(machine)),
    bounded("Java", checkJava(machine)),
    bounded("Appium", checkAppium({ needed: ownAppium })),
    ...(appiumUrl === undefined ? [] : [bounded("Appium server", checkAppiumServer(appiumUrl))]),
    bounded("model endpoint", checkModels(options)),
  ];
  return [checkNode(), checkMemory(), ...(await Promise.all(checks)).flat()];
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    kvm: "/dev/kvm",
    usualSdks: usualSdkFolders(),
    home: homedir(),
  };
}
