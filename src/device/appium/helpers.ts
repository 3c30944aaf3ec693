import type { Commands } from "../adb/commands.ts";
import { versionBeside } from "./driver-package.ts";

/** Versions of the two apps that Appium needs on a device, as `versionName` of their packages. */
export interface HelperVersions {
  /** io.appium.uiautomator2.server: the server that reads the screen and touches it. */
  server: string;
  /** io.appium.settings: reads the clipboard. */
  settings: string;
}

const serverPackage = "io.appium.uiautomator2.server";
const settingsPackage = "io.appium.settings";

/** The versions that our own driver brings along. */
export async function helperVersions(): Promise<HelperVersions> {
  const [server, settings] = await Promise.all([
    versionBeside("appium-uiautomator2-server"),
    versionBeside(settingsPackage),
  ]);
  return { server, settings };
}

/** Which of the apps are on the device in the right version; where both are, Appium need not look. */
export async function helpersInstalled(
  commands: Commands,
  wanted: HelperVersions,
): Promise<{ server: boolean; settings: boolean }> {
  const [server, settings, tests] = await Promise.all([
    versionOn(commands, serverPackage),
    versionOn(commands, settingsPackage),
    // The server is an instrumentation test: two packages, of which only one has a version.
    commands.run(["pm", "path", `${serverPackage}.test`]),
  ]);
  return {
    server: server === wanted.server && tests.stdout.includes("package:"),
    settings: settings === wanted.settings,
  };
}

/** Ends the server on the device, whatever it is doing. */
export async function stopServer(commands: Commands): Promise<void> {
  await commands.must(["am", "force-stop", serverPackage], ["am", "force-stop", `${serverPackage}.test`]);
}

async function versionOn(commands: Commands, name: string): Promise<string | undefined> {
  const { stdout } = await commands.run(["dumpsys", "package", name]);
  return /^\s*versionName=(\S+)/mu.exec(stdout)?.[1];
}
