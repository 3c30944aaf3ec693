import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { configError, errorMessage } from "../../errors.ts";

/**
 * The Android SDK that Appium is to take its adb from: the given folder, `ANDROID_HOME`, `ANDROID_SDK_ROOT`, or where
 * installers put it. Throws `ANDROID_SDK_MISSING` (`config`) where none of them has `platform-tools/adb`.
 */
export async function findAndroidHome(given?: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = [given ?? env["ANDROID_HOME"], given === undefined ? env["ANDROID_SDK_ROOT"] : undefined];
  const chosen = named.filter((folder) => folder !== undefined && folder !== "") as string[];
  // What somebody named is never replaced in silence: adbs of two versions end each other's server.
  const folders = chosen.length > 0 ? chosen : usualSdkFolders(env);
  for (const folder of folders) {
    if (await runs(adbIn(folder))) return folder;
  }
  throw configError(
    "ANDROID_SDK_MISSING",
    `Appium needs an Android SDK, and there is no platform-tools/adb in ${folders.join(", ")}; install the SDK's platform-tools and set ANDROID_HOME to the folder that holds them`,
  );
}

/** It answers at once, without a server. */
const adbMs = 10_000;

/**
 * The version of the protocol that the SDK's adb speaks: 41 is that of adb 1.0.41. Throws `ANDROID_SDK_MISSING`
 * (`config`) where it does not run.
 */
export async function adbProtocol(androidHome: string): Promise<number> {
  const adb = adbIn(androidHome);
  let said = "";
  try {
    said = (await promisify(execFile)(adb, ["version"], { timeout: adbMs })).stdout;
  } catch (error) {
    throw configError("ANDROID_SDK_MISSING", `${adb} does not run: ${errorMessage(error)}`, error);
  }
  const version = /^Android Debug Bridge version \d+\.\d+\.(\d+)/mu.exec(said)?.[1];
  if (version !== undefined) return Number(version);
  throw configError("ANDROID_SDK_MISSING", `${adb} is no adb: asked for its version it says ${said.trim()}`);
}

function adbIn(androidHome: string): string {
  return path.join(androidHome, "platform-tools", process.platform === "win32" ? "adb.exe" : "adb");
}

/** Where installers put the Android SDK, the likeliest first. */
export function usualSdkFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const home = homedir();
  return [
    path.join(home, "Android", "Sdk"),
    path.join(home, "Library", "Android", "sdk"),
    ...(env["LOCALAPPDATA"] === undefined ? [] : [path.join(env["LOCALAPPDATA"], "Android", "Sdk")]),
    "/opt/android-sdk",
    "/usr/lib/android-sdk",
    "/usr/local/lib/android/sdk",
  ];
}

async function runs(program: string): Promise<boolean> {
  try {
    await access(program, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: the next folder may have one.
    return false;
  }
}
