import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { configError } from "../../errors.ts";

const driverName = "appium-uiautomator2-driver";

export interface DriverPackage {
  version: string;
  peerDependencies: Record<string, string>;
  appium: { driverName: string; automationName: string; platformNames: string[] };
}

/** The description of our own UiAutomator2 driver. Throws `APPIUM_DRIVER_MISSING` (`config`). */
export async function readDriverPackage(): Promise<DriverPackage> {
  return (await readPackage()) as DriverPackage;
}

/** The version of a package that the driver brings along. Throws `APPIUM_DRIVER_MISSING` (`config`). */
export async function versionBeside(name: string): Promise<string> {
  return ((await readPackage(name)) as { version: string }).version;
}

/** The `package.json` of the driver, or of one of its dependencies as the driver itself finds it. */
async function readPackage(dependency?: string): Promise<unknown> {
  try {
    const require = createRequire(import.meta.url);
    const driver = require.resolve(`${driverName}/package.json`);
    if (dependency === undefined) return JSON.parse(await readFile(driver, "utf8"));
    const places = createRequire(driver).resolve.paths(dependency) ?? [];
    return JSON.parse(await readFirst(places.map((place) => path.join(place, dependency, "package.json"))));
  } catch (error) {
    const folder = fileURLToPath(new URL("../../..", import.meta.url));
    throw configError(
      "APPIUM_DRIVER_MISSING",
      `${dependency ?? driverName} is not installed beside androidgen; run npm ci in ${folder}`,
      error,
    );
  }
}

async function readFirst(files: readonly string[]): Promise<string> {
  let missing: unknown = new Error("there is nowhere to look");
  for (const file of files) {
    try {
      return await readFile(file, "utf8");
    } catch (error) {
      missing = error;
    }
  }
  throw missing;
}
