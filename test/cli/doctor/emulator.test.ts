import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DoctorCheck } from "../../../src/cli/doctor/check.ts";
import { checkEmulator } from "../../../src/cli/doctor/emulator.ts";
import { type FakeMachine, fakeFile, fakeMachine, fakeProgram } from "../../support/fake-machine.ts";
import { removeFolders } from "../../support/folder.ts";

let machine: FakeMachine;

beforeEach(async () => {
  machine = await fakeMachine();
});

afterEach(removeFolders);

async function found(): Promise<Record<string, DoctorCheck>> {
  return Object.fromEntries((await checkEmulator(machine)).map((check) => [check.name, check]));
}

describe("an emulator", () => {
  test("that is nowhere is a hint", async () => {
    const checks = await found();
    expect(checks["emulator"]).toMatchObject({ status: "hint", mend: "sdkmanager 'emulator'" });
    expect(checks["virtual devices"]).toMatchObject({
      status: "hint",
      mend: expect.stringContaining("avdmanager"),
    });
  });

  test("tells its version below lines about the host, and the SDK's is the first choice", async () => {
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    const text = "INFO    | Storing crashdata in: /x\nAndroid emulator version 35.2.10.0 (build_id 12414864)";
    const file = await fakeProgram(path.join(machine.folder, "sdk", "emulator", "emulator"), text);
    await fakeProgram(path.join(machine.bin, "emulator"), "Android emulator version 30.0.0.0");
    expect((await found())["emulator"]).toEqual({
      name: "emulator",
      status: "ok",
      found: `${file} (35.2.10.0)`,
    });
  });

  test("that fails is told with how to have a new one", async () => {
    const file = path.join(machine.bin, "emulator");
    await fakeProgram(file, "Exec format error", 126);
    expect((await found())["emulator"]).toMatchObject({
      status: "hint",
      found: `${file}: Exec format error`,
      mend: "sdkmanager 'emulator'",
    });
    // Another emulator would miss the same library.
    const library = "error while loading shared libraries: libpulse.so.0: cannot open shared object file";
    await fakeProgram(file, library, 127);
    expect((await found())["emulator"]).toMatchObject({
      found: expect.stringContaining("libpulse.so.0"),
      mend: expect.stringContaining("install the library"),
    });
  });

  test("that fails to list its devices is not said to have none", async () => {
    await fakeProgram(path.join(machine.bin, "emulator"), "no such home", 1);
    expect((await found())["virtual devices"]).toMatchObject({
      status: "hint",
      found: "they cannot be listed (no such home)",
    });
  });

  test("is got by the sdkmanager that the SDK has, which is seldom on the path", async () => {
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "my sdk");
    const tools = path.join(machine.env["ANDROID_HOME"], "cmdline-tools");
    await fakeProgram(path.join(tools, "11.0", "bin", "sdkmanager"), "");
    await fakeProgram(path.join(tools, "latest", "bin", "sdkmanager"), "");
    expect((await found())["emulator"]).toMatchObject({
      mend: `'${tools}/latest/bin/sdkmanager' 'emulator'`,
    });
  });

  test("makes its devices of an image that is there, or of one for this processor", async () => {
    machine.arch = "arm64";
    expect((await found())["virtual devices"]!.mend).toContain(
      "--package 'system-images;android-33;google_apis;arm64-v8a'",
    );
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "sdk");
    for (const image of ["android-34/google_apis_playstore", "android-35/google_atd"]) {
      await fakeFile(path.join(machine.folder, "sdk", "system-images", image, "arm64-v8a", "package.xml"));
    }
    expect((await found())["virtual devices"]!.mend).toContain(
      "--package 'system-images;android-34;google_apis_playstore;arm64-v8a'",
    );
  });

  test("wants room where its devices lie", async () => {
    expect(await found()).not.toHaveProperty("room for virtual devices");
    await fakeProgram(path.join(machine.bin, "emulator"), "");
    const room = async () => (await found())["room for virtual devices"]!.found;
    expect(await room()).toMatch(/ GB free in .*home\/\.android\/avd$/u);
    machine.env["ANDROID_USER_HOME"] = path.join(machine.folder, "user");
    expect(await room()).toMatch(/ GB free in .*\/user\/avd$/u);
    machine.env["ANDROID_AVD_HOME"] = path.join(machine.folder, "avds");
    expect(await room()).toMatch(/ GB free in .*\/avds$/u);
  });

  test("lists its virtual devices, and nothing of its log", async () => {
    const text = "INFO    | Storing crashdata in: /x, detection is enabled\nandroidgen\npixel_6.api-33\n";
    await fakeProgram(path.join(machine.bin, "emulator"), text);
    expect((await found())["virtual devices"]).toEqual({
      name: "virtual devices",
      status: "ok",
      found: "androidgen, pixel_6.api-33",
    });
  });
});

describe("acceleration", () => {
  test("needs the kernel's device", async () => {
    expect((await found())["acceleration"]).toMatchObject({
      status: "hint",
      found: expect.stringContaining("is not there"),
      mend: expect.stringContaining("modprobe"),
    });
  });

  test("needs the right to use it", async () => {
    await fakeFile(machine.kvm, 0o400);
    const superuser = process.geteuid?.() === 0;
    // The superuser may do anything, so it works as another user meanwhile.
    if (superuser) process.seteuid!(65_534);
    try {
      expect((await found())["acceleration"]).toMatchObject({ status: "hint" });
    } finally {
      if (superuser) process.seteuid!(0);
    }
  });

  test("is there where the device can be used", async () => {
    await fakeFile(machine.kvm, 0o600);
    expect((await found())["acceleration"]).toEqual({
      name: "acceleration",
      status: "ok",
      found: machine.kvm,
    });
  });

  test.each([
    ["0", "KVM (version 12) is installed and usable.", 0, "ok"],
    ["8", "/dev/kvm is not found: VT disabled in BIOS or KVM kernel module not loaded", 8, "hint"],
    ["11", "This user doesn't have permissions to use KVM (/dev/kvm).", 11, "hint"],
  ])("is what the emulator says: %s", async (code, sentence, exitCode, status) => {
    await fakeFile(machine.kvm, 0o600);
    const text = `INFO    | noise\naccel:\n${code}\n${sentence}\nmore\naccel`;
    await fakeProgram(path.join(machine.bin, "emulator"), text, exitCode);
    expect((await found())["acceleration"]).toMatchObject({ status, found: sentence });
  });

  test.each([
    ["1", "ok"],
    ["0", "hint"],
  ])("on macOS is the hypervisor framework: %s", async (answer, status) => {
    machine.platform = "darwin";
    await fakeProgram(path.join(machine.bin, "sysctl"), answer);
    expect((await found())["acceleration"]).toMatchObject({ status });
  });
});
