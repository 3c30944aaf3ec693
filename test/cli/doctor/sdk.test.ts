import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DoctorCheck } from "../../../src/cli/doctor/check.ts";
import { checkSdk } from "../../../src/cli/doctor/sdk.ts";
import { type FakeMachine, fakeFile, fakeMachine, fakeProgram } from "../../support/fake-machine.ts";
import { removeFolders } from "../../support/folder.ts";

let machine: FakeMachine;
let sdk: string;

beforeEach(async () => {
  machine = await fakeMachine();
  sdk = path.join(machine.folder, "sdk");
});

afterEach(removeFolders);

async function found(needed = false): Promise<Record<string, DoctorCheck>> {
  const checks = await checkSdk(machine, { needed });
  return Object.fromEntries(checks.map((check) => [check.name, check]));
}

describe("the SDK", () => {
  test("that is nowhere is a hint, and missing where Appium needs it", async () => {
    const hints = await found();
    expect(hints["Android SDK"]).toMatchObject({
      status: "hint",
      mend: expect.stringContaining("ANDROID_HOME"),
    });
    expect(hints["platform-tools"]).toMatchObject({ status: "hint" });
    const needs = await found(true);
    expect(needs["Android SDK"]).toMatchObject({ status: "missing" });
    expect(needs["platform-tools"]).toMatchObject({ status: "missing" });
    // Neither is ever needed for a run.
    expect([needs["build-tools"]!.status, needs["system images"]!.status]).toEqual(["hint", "hint"]);
  });

  test.each(["ANDROID_HOME", "ANDROID_SDK_ROOT"])("is where %s says", async (variable) => {
    machine.env[variable] = sdk;
    const adb = await fakeProgram(path.join(sdk, "platform-tools", "adb"), "");
    const checks = await found(true);
    expect(checks["Android SDK"]).toEqual({
      name: "Android SDK",
      status: "ok",
      found: `${sdk} (${variable})`,
    });
    expect(checks["platform-tools"]).toEqual({ name: "platform-tools", status: "ok", found: adb });
  });

  test("is nowhere else where a variable names what is no folder", async () => {
    await fakeProgram(path.join(machine.folder, "usual", "platform-tools", "adb"), "");
    machine.env["ANDROID_HOME"] = path.join(machine.folder, "gone");
    expect((await found())["Android SDK"]).toMatchObject({
      status: "hint",
      found: `${machine.env["ANDROID_HOME"]} is not a folder`,
    });
  });

  test("is, of the usual places, the one with an adb", async () => {
    const whole = path.join(machine.folder, "whole");
    machine.usualSdks = [path.join(machine.folder, "usual"), whole];
    await fakeFile(path.join(machine.folder, "usual", "licenses", "android-sdk-license"));
    expect((await found())["Android SDK"]).toMatchObject({ found: expect.stringContaining("usual,") });
    await fakeProgram(path.join(whole, "platform-tools", "adb"), "");
    expect((await found())["Android SDK"]).toMatchObject({ mend: `export ANDROID_HOME=${whole}` });
  });

  test("in a usual place is told with the variable that is to name it", async () => {
    const usual = path.join(machine.folder, "usual");
    await fakeFile(path.join(usual, "platform-tools", "adb"));
    const checks = await found(true);
    expect(checks["Android SDK"]).toMatchObject({ status: "hint", mend: `export ANDROID_HOME=${usual}` });
    // A file that cannot be executed is no adb.
    expect(checks["platform-tools"]).toMatchObject({ status: "missing" });
  });
});

describe("what is in the SDK", () => {
  beforeEach(() => {
    machine.env["ANDROID_HOME"] = sdk;
  });

  test("command-line tools: both, on the path or in a folder of the SDK", async () => {
    await fakeFile(path.join(sdk, "licenses", "android-sdk-license"));
    expect((await found())["command-line tools"]).toMatchObject({
      status: "hint",
      found: "no sdkmanager and no avdmanager in the SDK or on the path",
      mend: expect.stringContaining(`${sdk}/cmdline-tools/latest`),
    });
    // As Debian's package has it.
    const manager = await fakeProgram(path.join(machine.bin, "sdkmanager"), "");
    expect((await found())["command-line tools"]).toMatchObject({
      found: "no avdmanager in the SDK or on the path",
    });
    const avds = await fakeProgram(path.join(sdk, "cmdline-tools", "16.0", "bin", "avdmanager"), "");
    expect((await found())["command-line tools"]).toEqual({
      name: "command-line tools",
      status: "ok",
      found: `${manager}, ${avds}`,
    });
  });

  test("build-tools: the newest version that is whole", async () => {
    for (const version of ["9.0.0", "34.0.0"]) {
      const folder = path.join(sdk, "build-tools", version);
      await fakeProgram(path.join(folder, "aapt2"), "");
      await fakeProgram(path.join(folder, "apksigner"), "");
    }
    await fakeProgram(path.join(sdk, "build-tools", "35.0.0", "aapt2"), "");
    expect((await found())["build-tools"]).toEqual({
      name: "build-tools",
      status: "ok",
      found: path.join(sdk, "build-tools", "34.0.0"),
    });
  });

  test("system images: those that are whole, as sdkmanager names them", async () => {
    const images = path.join(sdk, "system-images");
    await fakeFile(path.join(images, "android-33", "google_apis", "x86_64", "package.xml"));
    await fakeFile(path.join(images, "android-34", "google_apis", "x86_64", "half.img"));
    expect((await found())["system images"]).toEqual({
      name: "system images",
      status: "ok",
      found: "android-33;google_apis;x86_64",
    });
  });

  test("system images: those for automated tests alone draw nothing", async () => {
    await fakeFile(
      path.join(sdk, "system-images", "android-33", "aosp_atd", "arm64-v8a", "source.properties"),
    );
    machine.arch = "arm64";
    expect((await found())["system images"]).toMatchObject({
      status: "hint",
      found: expect.stringContaining("android-33;aosp_atd;arm64-v8a"),
      mend: "sdkmanager 'system-images;android-33;google_apis;arm64-v8a'",
    });
  });
});
