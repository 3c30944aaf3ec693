import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { DoctorCheck } from "./check.ts";
import { can, isExecutable, type Machine, onPath, shellWord } from "./programs.ts";

export interface Sdk {
  folder: string;
  /** How it was found: a variable, or a usual place. */
  by: "ANDROID_HOME" | "ANDROID_SDK_ROOT" | "usual place";
}

/** The Android SDK that programs of this user find; undefined where there is none, or the variable is wrong. */
export async function findSdk({ env, usualSdks }: Machine): Promise<Sdk | undefined> {
  for (const by of ["ANDROID_HOME", "ANDROID_SDK_ROOT"] as const) {
    const folder = env[by];
    // Whoever set it means this folder and no other.
    if (folder !== undefined && folder !== "") return (await isFolder(folder)) ? { folder, by } : undefined;
  }
  // The one that Appium would be given, if any has what it needs.
  const whole = await firstOf(usualSdks, (folder) => isExecutable(adbOf(folder)));
  const folder = whole ?? (await firstOf(usualSdks, isFolder));
  return folder === undefined ? undefined : { folder, by: "usual place" };
}

/** The SDK and what is in it. Appium needs its adb; the rest is for whoever runs emulators on this machine. */
export async function checkSdk(machine: Machine, { needed }: { needed: boolean }): Promise<DoctorCheck[]> {
  const sdk = await findSdk(machine);
  const bad = needed ? "missing" : "hint";
  return [
    sdkCheck(machine, sdk, bad),
    await platformTools(machine, sdk, bad),
    await commandLineTools(machine),
    await buildTools(machine, sdk),
    await systemImages(machine, sdk),
  ];
}

/** A program of the SDK's command-line tools, as it can be pasted into a shell. */
export async function sdkTool(machine: Machine, name: "sdkmanager" | "avdmanager"): Promise<string> {
  if ((await onPath(machine, name)).length > 0) return name;
  return shellWord((await findTool(machine, name)) ?? name);
}

/** They are seldom on the path. The folder `latest` is where installers put them; the names of others are versions. */
async function findTool(machine: Machine, name: string): Promise<string | undefined> {
  const [onItsPath] = await onPath(machine, name);
  const sdk = await findSdk(machine);
  if (onItsPath !== undefined || sdk === undefined) return onItsPath;
  const root = path.join(sdk.folder, "cmdline-tools");
  const folders = ["latest", ...(await subfolders(root)).toReversed()].map((folder) =>
    path.join(root, folder),
  );
  const files = folders.map((folder) => path.join(folder, "bin", name));
  return firstOf(files, isExecutable);
}

function sdkCheck({ env }: Machine, sdk: Sdk | undefined, bad: "missing" | "hint"): DoctorCheck {
  const name = "Android SDK";
  if (sdk === undefined) {
    const set = env["ANDROID_HOME"] || env["ANDROID_SDK_ROOT"];
    return {
      name,
      status: bad,
      found: set ? `${set} is not a folder` : "neither ANDROID_HOME nor ANDROID_SDK_ROOT is set",
      mend:
        "set ANDROID_HOME to the SDK's folder, where there is one; else on Debian: " +
        "sudo apt-get install android-sdk-platform-tools && export ANDROID_HOME=/usr/lib/android-sdk",
    };
  }
  if (sdk.by !== "usual place") return { name, status: "ok", found: `${sdk.folder} (${sdk.by})` };
  // Appium is pointed to it by us; other programs may take another adb.
  return {
    name,
    status: "hint",
    found: `${sdk.folder}, but ANDROID_HOME is not set`,
    mend: `export ANDROID_HOME=${shellWord(sdk.folder)}`,
  };
}

async function platformTools(
  machine: Machine,
  sdk: Sdk | undefined,
  bad: "missing" | "hint",
): Promise<DoctorCheck> {
  const name = "platform-tools";
  const adb = sdk === undefined ? undefined : adbOf(sdk.folder);
  if (adb !== undefined && (await isExecutable(adb))) return { name, status: "ok", found: adb };
  return {
    name,
    status: bad,
    found: adb === undefined ? "no SDK" : `${adb} is not there`,
    mend: `${await sdkTool(machine, "sdkmanager")} 'platform-tools', or on Debian: sudo apt-get install android-sdk-platform-tools`,
  };
}

/** The programs that install the rest of the SDK and make virtual devices. */
async function commandLineTools(machine: Machine): Promise<DoctorCheck> {
  const name = "command-line tools";
  const names = ["sdkmanager", "avdmanager"];
  const found = await Promise.all(names.map((tool) => findTool(machine, tool)));
  if (!found.includes(undefined)) return { name, status: "ok", found: found.join(", ") };
  return {
    name,
    status: "hint",
    found: `no ${names.filter((_, i) => found[i] === undefined).join(" and no ")} in the SDK or on the path`,
    mend:
      'unpack "Command line tools only" of https://developer.android.com/studio, and name its folder ' +
      `${(await findSdk(machine))?.folder ?? "$ANDROID_HOME"}/cmdline-tools/latest; needs Java 17 or later`,
  };
}

/** Appium signs and looks into apps with these; ours does without, one at an `--appium-url` may want them. */
async function buildTools(machine: Machine, sdk: Sdk | undefined): Promise<DoctorCheck> {
  const name = "build-tools";
  const root = sdk === undefined ? undefined : path.join(sdk.folder, "build-tools");
  const versions = root === undefined ? [] : await subfolders(root);
  for (const version of versions.toReversed()) {
    const folder = path.join(root!, version);
    const tools = ["aapt", "aapt2", "apksigner"];
    const present = await Promise.all(tools.map((tool) => isExecutable(path.join(folder, tool))));
    if ((present[0] || present[1]) && present[2]) return { name, status: "ok", found: folder };
  }
  return {
    name,
    status: "hint",
    found: "no aapt and apksigner in the SDK; an Appium of your own may want them, androidgen's does not",
    mend: `${await sdkTool(machine, "sdkmanager")} 'build-tools;34.0.0', or on Debian: sudo apt-get install aapt apksigner`,
  };
}

async function systemImages(machine: Machine, sdk: Sdk | undefined): Promise<DoctorCheck> {
  const name = "system images";
  const images = await imagesOf(sdk);
  const mend = `${await sdkTool(machine, "sdkmanager")} '${usualImage(machine)}'`;
  if (images.length === 0) return { name, status: "hint", found: "none", mend };
  const found = images.join(", ");
  return images.some(draws)
    ? { name, status: "ok", found }
    : { name, status: "hint", found: `${found}: ATD images draw no screen to take a picture of`, mend };
}

/** The package that a virtual device is best made of: one that is there, else the usual one. */
export async function imageForDevice(machine: Machine): Promise<string> {
  const usual = usualImage(machine);
  const images = (await imagesOf(await findSdk(machine))).map((image) => `system-images;${image}`);
  return images.includes(usual) ? usual : (images.findLast(draws) ?? usual);
}

function usualImage({ arch }: Machine): string {
  return `system-images;android-33;google_apis;${arch === "arm64" ? "arm64-v8a" : "x86_64"}`;
}

/** Automated Test Device images do not (developer.android.com, "Gradle-managed devices"). */
function draws(image: string): boolean {
  return !image.includes("atd");
}

async function imagesOf(sdk: Sdk | undefined): Promise<string[]> {
  return sdk === undefined ? [] : listImages(path.join(sdk.folder, "system-images"));
}

/** As sdkmanager names them, such as `android-33;google_apis;x86_64`. */
async function listImages(root: string): Promise<string[]> {
  const images: string[] = [];
  for (const api of await subfolders(root)) {
    for (const tag of await subfolders(path.join(root, api))) {
      for (const abi of await subfolders(path.join(root, api, tag))) {
        // A folder without either is what an installation that broke off left behind.
        const marks = ["package.xml", "source.properties"].map((mark) =>
          can(path.join(root, api, tag, abi, mark)),
        );
        if ((await Promise.all(marks)).includes(true)) images.push(`${api};${tag};${abi}`);
      }
    }
  }
  return images;
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  } catch {
    return [];
  }
}

function adbOf(sdk: string): string {
  return path.join(sdk, "platform-tools", "adb");
}

async function firstOf(
  folders: readonly string[],
  fits: (folder: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const folder of folders) if (await fits(folder)) return folder;
  return undefined;
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false;
  }
}
