import { open, statfs } from "node:fs/promises";
import path from "node:path";
import { errorMessage } from "../../errors.ts";
import { type DoctorCheck, firstLine } from "./check.ts";
import { existingFolder } from "./host.ts";
import { ask, can, distinct, type Machine, onPath, shellWord } from "./programs.ts";
import { findSdk, imageForDevice, sdkTool } from "./sdk.ts";

/**
 * The emulator refuses to start a new device below this ("Not enough space to create userdata partition … need 7372.80
 * MB"), and each snapshot is about as large as the device's memory.
 */
const WANTED_DISK_GB = 10;
const GB = 1024 ** 3;

/** What an emulator on this machine needs. All of it is a hint: devices may as well be elsewhere. */
export async function checkEmulator(machine: Machine): Promise<DoctorCheck[]> {
  const emulator = await findEmulator(machine);
  return Promise.all([
    version(machine, emulator),
    acceleration(machine, emulator),
    virtualDevices(machine, emulator),
    ...(emulator === undefined ? [] : [room(machine)]),
  ]);
}

async function findEmulator(machine: Machine): Promise<string | undefined> {
  const sdk = await findSdk(machine);
  const ofSdk = sdk === undefined ? [] : [path.join(sdk.folder, "emulator", "emulator")];
  return (await distinct([...ofSdk, ...(await onPath(machine, "emulator"))]))[0];
}

async function version(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "emulator";
  const mend = `${await sdkTool(machine, "sdkmanager")} 'emulator'`;
  if (emulator === undefined) return { name, status: "hint", found: "none in the SDK or on the path", mend };
  try {
    const said = await ask(machine, emulator, ["-version"]);
    // Lines about the host may come first.
    const found = /Android emulator version (\S+)/u.exec(said)?.[1] ?? firstLine(said);
    return { name, status: "ok", found: `${emulator} (${found})` };
  } catch (error) {
    const why = firstLine(errorMessage(error));
    const library = /shared librar/u.test(why) ? "install the library that is named, then try anew" : mend;
    return { name, status: "hint", found: `${emulator}: ${why}`, mend: library };
  }
}

async function acceleration(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "acceleration";
  const host = await hostAcceleration(machine);
  if (host.mend !== undefined || emulator === undefined) return { name, ...host };
  const said = await ask(machine, emulator, ["-accel-check"]).catch(errorMessage);
  // A number that is 0 where it works, and a sentence; most versions print "accel:" before them.
  const [, code, sentence] = /^(\d+)\s*\n([^\n]*)/mu.exec(said) ?? [];
  if (code === "0") return { name, status: "ok", found: sentence!.trim() };
  const found = sentence?.trim() || firstLine(said) || "emulator -accel-check says nothing";
  return { name, status: "hint", found, mend: `see all that it says: ${shellWord(emulator)} -accel-check` };
}

/** What can be seen without an emulator. */
async function hostAcceleration(machine: Machine): Promise<Omit<DoctorCheck, "name">> {
  if (machine.platform === "linux") return kvm(machine.kvm);
  if (machine.platform !== "darwin") {
    return { status: "hint", found: "not known on this system before an emulator is installed" };
  }
  const supported = (await ask(machine, "sysctl", ["-n", "kern.hv_support"]).catch(errorMessage)).trim();
  return supported === "1"
    ? { status: "ok", found: "the hypervisor framework is there" }
    : {
        status: "hint",
        found: `no hypervisor framework (kern.hv_support: ${firstLine(supported)})`,
        mend: "use a Mac that has it, or devices on another machine",
      };
}

async function kvm(file: string): Promise<Omit<DoctorCheck, "name">> {
  if (!(await can(file))) {
    return {
      status: "hint",
      found: `${file} is not there: emulators would be unusably slow`,
      mend:
        "switch virtualisation on in the firmware, or nested virtualisation for a virtual machine, or give a container " +
        "--device /dev/kvm; then: sudo modprobe -a kvm_intel kvm_amd",
    };
  }
  try {
    await (await open(file, "r+")).close();
    return { status: "ok", found: file };
  } catch (error) {
    return {
      status: "hint",
      found: `${file} may not be used by this user (${errorMessage(error)})`,
      mend: 'sudo gpasswd -a "$USER" kvm && newgrp kvm',
    };
  }
}

async function virtualDevices(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "virtual devices";
  const [avdmanager, image] = [await sdkTool(machine, "avdmanager"), await imageForDevice(machine)];
  const mend = `echo no | ${avdmanager} create avd -n androidgen -d pixel_6 --package '${image}'`;
  if (emulator === undefined) return { name, status: "hint", found: "no emulator to list them", mend };
  let said: string;
  try {
    said = await ask(machine, emulator, ["-list-avds"]);
  } catch (error) {
    const found = `they cannot be listed (${firstLine(errorMessage(error))})`;
    return { name, status: "hint", found, mend: `see all that it says: ${shellWord(emulator)} -list-avds` };
  }
  // Some versions mix lines of their log in ("INFO    | …"); a name has none of those characters.
  const names = said.split("\n").filter((line) => /^[\w.-]+$/u.test(line.trim()));
  return names.length === 0
    ? { name, status: "hint", found: "none", mend }
    : { name, status: "ok", found: names.map((line) => line.trim()).join(", ") };
}

async function room(machine: Machine): Promise<DoctorCheck> {
  const name = "room for virtual devices";
  const folder = avdHome(machine);
  const { bavail, bsize } = await statfs(await existingFolder(folder));
  const free = (bavail * bsize) / GB;
  const found = `${free.toFixed(1)} GB free in ${folder}`;
  if (free >= WANTED_DISK_GB) return { name, status: "ok", found };
  const mend = `free room: ${WANTED_DISK_GB} GB for each device and its snapshots, or set ANDROID_AVD_HOME to a folder that has it`;
  return { name, status: "hint", found, mend };
}

/** In this order (developer.android.com, "Environment variables"). */
function avdHome({ env, home }: Machine): string {
  const { ANDROID_AVD_HOME: avds, ANDROID_EMULATOR_HOME: emulator, ANDROID_USER_HOME: user } = env;
  return avds || path.join(emulator || user || path.join(home, ".android"), "avd");
}
