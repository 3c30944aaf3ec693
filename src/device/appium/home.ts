import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readDriverPackage } from "./driver-package.ts";

/** A folder that Appium takes its drivers from (`APPIUM_HOME`). */
export interface AppiumHome {
  folder: string;
  /** Says nothing. */
  configFile: string;
  remove(): Promise<void>;
}

/**
 * Makes an `APPIUM_HOME` that holds one driver: the UiAutomator2 driver of our own dependencies, as `prompt-driver.ts`
 * extends it. Appium looks for packages with an `appium` field under `node_modules` and asks for nothing else, so
 * nothing is installed and no network is needed. Throws `APPIUM_DRIVER_MISSING` (`config`).
 */
export async function makeAppiumHome(): Promise<AppiumHome> {
  const description = await describeDriver();
  const folder = await mkdtemp(path.join(tmpdir(), "androidgen-appium-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const extension = path.join(folder, "node_modules", description.name);
    await mkdir(extension, { recursive: true });
    await writeFile(path.join(extension, "package.json"), JSON.stringify(description));
    const driver = new URL(`./prompt-driver${path.extname(import.meta.url)}`, import.meta.url);
    await writeFile(
      path.join(extension, description.main),
      `export * from ${JSON.stringify(driver.href)};\n`,
    );
    const configFile = path.join(folder, "appium.json");
    await writeFile(configFile, "{}");
    return { folder, configFile, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function describeDriver() {
  const { appium, version, peerDependencies } = await readDriverPackage();
  return {
    name: "androidgen-uiautomator2-driver",
    version,
    type: "module",
    main: "index.js",
    peerDependencies,
    appium: {
      driverName: appium.driverName,
      automationName: appium.automationName,
      platformNames: appium.platformNames,
      mainClass: "PromptDriver",
    },
  };
}
