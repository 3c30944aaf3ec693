import type { Commands } from "../commands.ts";
import type { Device } from "../device.ts";
import { fileBeside, versionBeside } from "./driver-package.ts";

/** Reads the screen and touches it. An instrumentation test: two packages, of which one has a version. */
const serverPackage = "io.appium.uiautomator2.server";
const testPackage = `${serverPackage}.test`;
/** Reads the clipboard, which Android gives to nobody else since API 29. */
const settingsPackage = "io.appium.settings";

/** The release of the server that our own driver puts on devices. */
export function serverVersion(): Promise<string> {
  return versionBeside("appium-uiautomator2-server");
}

/** The release of the server that is on the device; undefined where it is not, or not the whole of it. */
export async function serverOn(commands: Commands): Promise<string | undefined> {
  const [version, tests] = await Promise.all([
    versionOn(commands, serverPackage),
    commands.run(["pm", "path", testPackage]),
  ]);
  return tests.stdout.includes("package:") ? version : undefined;
}

/**
 * Takes the server off the device. Where the SDK has no aapt2, Appium cannot tell which version it brings, and keeps
 * one that is there, older or newer (`getApplicationInstallState` of appium-adb); one that is not there it installs.
 */
export async function removeServer(commands: Commands): Promise<void> {
  // Where its owner forbids that, the one that is there has to do.
  for (const name of [testPackage, serverPackage]) await commands.run(["pm", "uninstall", name]);
}

/** Ends the server on the device, whatever it is doing. */
export async function stopServer(commands: Commands): Promise<void> {
  await commands.must(["am", "force-stop", serverPackage], ["am", "force-stop", testPackage]);
}

/**
 * Puts Appium's settings app on the device where it is not there yet. Appium would do so for every session, and start
 * it over the app in front, though only the clipboard needs it.
 */
export async function requireSettingsApp(device: Device, commands: Commands): Promise<void> {
  const version = await versionBeside(settingsPackage);
  if ((await versionOn(commands, settingsPackage)) === version) return;
  await device.install(await fileBeside(settingsPackage, "apks/settings_apk-debug.apk"));
}

async function versionOn(commands: Commands, name: string): Promise<string | undefined> {
  const { stdout } = await commands.run(["dumpsys", "package", name]);
  return /^\s*versionName=(\S+)/mu.exec(stdout)?.[1];
}
