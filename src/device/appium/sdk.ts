import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { configError } from "../../errors.ts";

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
    if (await runs(path.join(folder, "platform-tools", process.platform === "win32" ? "adb.exe" : "adb"))) {
      return folder;
    }
  }
  throw configError(
    "ANDROID_SDK_MISSING",
    `Appium needs an Android SDK, and there is no platform-tools/adb in ${folders.join(", ")}; install the SDK's platform-tools and set ANDROID_HOME to the folder that holds them`,
  );
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
