import { open } from "node:fs/promises";
import path from "node:path";
import { errorMessage } from "../../errors.ts";
import { type DoctorCheck, firstLine } from "./check.ts";
import { ask, can, distinct, type Machine, onPath } from "./programs.ts";
import { findSdk } from "./sdk.ts";

/** What an emulator on this machine needs. All of it is a hint: devices may as well be elsewhere. */
export async function checkEmulator(machine: Machine): Promise<DoctorCheck[]> {
  const emulator = await findEmulator(machine);
  return Promise.all([
    version(machine, emulator),
    acceleration(machine, emulator),
    virtualDevices(machine, emulator),
  ]);
}

async function findEmulator(machine: Machine): Promise<string | undefined> {
  const sdk = await findSdk(machine);
  const ofSdk = sdk === undefined ? [] : [path.join(sdk.folder, "emulator", "emulator")];
  return (await distinct([...ofSdk, ...(await onPath(machine, "emulator"))]))[0];
}

async function version(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "emulator";
  const mend = "sdkmanager 'emulator'";
  if (emulator === undefined) return { name, status: "hint", found: "none in the SDK or on the path", mend };
  try {
    const said = await ask(machine, emulator, ["-version"]);
    // Lines about the host may come first.
    const found = /Android emulator version (\S+)/u.exec(said)?.[1] ?? firstLine(said);
    return { name, status: "ok", found: `${emulator} (${found})` };
  } catch (error) {
    return { name, status: "hint", found: `${emulator}: ${firstLine(errorMessage(error))}`, mend };
  }
}

async function acceleration(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "acceleration";
  const host = await hostAcceleration(machine);
  if (host.mend !== undefined || emulator === undefined) return { name, ...host };
  const said = await ask(machine, emulator, ["-accel-check"]).catch(outputOf);
  // "accel:", a number that is 0 where it works, and a sentence.
  const [, code, sentence] = /^accel:\s*\n(\d+)\s*\n([^\n]*)/mu.exec(said) ?? [];
  if (code === "0") return { name, status: "ok", found: sentence!.trim() };
  const found = sentence?.trim() || firstLine(said) || "emulator -accel-check says nothing";
  return { name, status: "hint", found, mend: `${emulator} -accel-check tells what is wrong` };
}

/** What can be seen without an emulator. */
async function hostAcceleration(machine: Machine): Promise<Omit<DoctorCheck, "name">> {
  if (machine.platform === "linux") return kvm(machine.kvm);
  if (machine.platform !== "darwin") {
    return { status: "hint", found: "not known on this system before an emulator is installed" };
  }
  const supported = (await ask(machine, "sysctl", ["-n", "kern.hv_support"]).catch(outputOf)).trim();
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
      mend: "switch virtualisation on in the firmware, or nested virtualisation for a virtual machine; then: sudo modprobe -a kvm_intel kvm_amd",
    };
  }
  try {
    await (await open(file, "r+")).close();
    return { status: "ok", found: file };
  } catch (error) {
    return {
      status: "hint",
      found: `${file} may not be used by this user (${errorMessage(error)})`,
      mend: 'sudo gpasswd -a "$USER" kvm, and log in again',
    };
  }
}

async function virtualDevices(machine: Machine, emulator: string | undefined): Promise<DoctorCheck> {
  const name = "virtual devices";
  const mend =
    "echo no | avdmanager create avd -n androidgen -d pixel_6 --package 'system-images;android-33;google_apis;x86_64'";
  if (emulator === undefined) return { name, status: "hint", found: "no emulator to list them", mend };
  const said = await ask(machine, emulator, ["-list-avds"]).catch(outputOf);
  // Some versions mix lines of their log in ("INFO    | …"); a name has none of those characters.
  const names = said.split("\n").filter((line) => /^[\w.-]+$/u.test(line.trim()));
  return names.length === 0
    ? { name, status: "hint", found: "none", mend }
    : { name, status: "ok", found: names.map((line) => line.trim()).join(", ") };
}

/** What a program printed before it failed, or why it did not start. */
function outputOf(error: unknown): string {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  return `${stdout ?? ""}${stderr ?? ""}` || errorMessage(error);
}
