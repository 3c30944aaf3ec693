import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type AndroidGenError, configError } from "../../errors.ts";

const driverName = "appium-uiautomator2-driver";

export interface DriverPackage {
  version: string;
  peerDependencies: Record<string, string>;
  appium: { driverName: string; automationName: string; platformNames: string[] };
}

/** The description of our own UiAutomator2 driver. Throws `APPIUM_DRIVER_MISSING` (`config`). */
export async function readDriverPackage(): Promise<DriverPackage> {
  return (await readPackage(driverFile(), driverName)) as DriverPackage;
}

/** The version of a package that the driver brings along. Throws `APPIUM_DRIVER_MISSING` (`config`). */
export async function versionBeside(name: string): Promise<string> {
  const file = await fileBeside(name, "package.json");
  return ((await readPackage(file, name)) as { version: string }).version;
}

/** Path of a file of a package that the driver brings along. Throws `APPIUM_DRIVER_MISSING` (`config`). */
export async function fileBeside(name: string, file: string): Promise<string> {
  // Found as the driver itself would; most of these packages export no file but their main one.
  for (const place of createRequire(driverFile()).resolve.paths(name) ?? []) {
    const found = path.join(place, name, file);
    if (await isThere(found)) return found;
  }
  throw missing(name);
}

function driverFile(): string {
  try {
    return createRequire(import.meta.url).resolve(`${driverName}/package.json`);
  } catch (error) {
    throw missing(driverName, error);
  }
}

async function readPackage(file: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw missing(name, error);
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

function missing(name: string, cause?: unknown): AndroidGenError {
  const folder = fileURLToPath(new URL("../../..", import.meta.url));
  const message = `${name} is not installed beside androidgen; run npm ci in ${folder}`;
  return configError("APPIUM_DRIVER_MISSING", message, cause);
}
