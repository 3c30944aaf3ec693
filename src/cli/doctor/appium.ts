import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { errorMessage } from "../../errors.ts";
import { type DoctorCheck, firstLine } from "./check.ts";
import { ask, type Machine } from "./programs.ts";

const require = createRequire(import.meta.url);

/** Packages of the UiAutomator2 driver that bring what is installed on a device. */
const APK_PACKAGES = ["appium-uiautomator2-server", "io.appium.settings"];

/** Appium as androidgen starts it: from its own dependencies, not from what else is installed. */
export async function checkAppium({ needed }: { needed: boolean }): Promise<DoctorCheck[]> {
  const bad = needed ? "missing" : "hint";
  return Promise.all([
    packageCheck("Appium", bad, () => versionOf(require.resolve("appium/package.json"))),
    packageCheck("UiAutomator2 driver", bad, async () => {
      const file = require.resolve("appium-uiautomator2-driver/package.json");
      const apks = await Promise.all(APK_PACKAGES.map((name) => apksOf(file, name)));
      return `${await versionOf(file)}, with ${apks.flat().join(", ")}`;
    }),
  ]);
}

async function packageCheck(
  name: string,
  bad: "missing" | "hint",
  look: () => Promise<string>,
): Promise<DoctorCheck> {
  try {
    return { name, status: "ok", found: await look() };
  } catch (error) {
    return {
      name,
      status: bad,
      found: firstLine(errorMessage(error)),
      mend: "in androidgen's folder: npm ci",
    };
  }
}

async function versionOf(packageFile: string): Promise<string> {
  return String((JSON.parse(await readFile(packageFile, "utf8")) as { version?: unknown }).version);
}

/** The driver brings these packages itself, so they are looked for from where it is. */
async function apksOf(driver: string, name: string): Promise<string[]> {
  const root = path.dirname(createRequire(driver).resolve(`${name}/package.json`));
  const apks = (await readdir(path.join(root, "apks"))).filter((file) => file.endsWith(".apk"));
  if (apks.length === 0) throw new Error(`${name} has no APKs`);
  return apks;
}

/** An Appium server that somebody else keeps running. */
export async function checkAppiumServer(url: string): Promise<DoctorCheck> {
  const name = "Appium server";
  try {
    const response = await fetch(`${url.replace(/\/+$/u, "")}/status`, {
      signal: AbortSignal.timeout(10_000),
    });
    const { value } = (await response.json()) as {
      value?: { ready?: boolean; build?: { version?: string } };
    };
    if (response.ok && value?.ready !== false) {
      return { name, status: "ok", found: `${url}, version ${value?.build?.version ?? "unknown"}` };
    }
    return {
      name,
      status: "missing",
      found: `${url} is not ready (${response.status})`,
      mend: "start it anew",
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return {
      name,
      status: "missing",
      found: `${url} does not answer (${errorMessage(cause)})`,
      mend: "start it, or leave --appium-url out: androidgen then starts one of its own",
    };
  }
}

/** The SDK's command-line tools run on it; Appium signs apps with it, of which ours has none. They look at JAVA_HOME first. */
export async function checkJava(machine: Machine): Promise<DoctorCheck> {
  const name = "Java";
  const home = machine.env["JAVA_HOME"];
  const java = home ? path.join(home, "bin", "java") : "java";
  try {
    return { name, status: "ok", found: firstLine(await ask(machine, java, ["-version"])) };
  } catch (error) {
    return {
      name,
      status: "hint",
      found: `java -version: ${firstLine(errorMessage(error))}; sdkmanager runs on it, and neither androidgen nor its Appium needs it`,
      mend: home
        ? "set JAVA_HOME to the folder of a Java that works, or: unset JAVA_HOME"
        : "install Java 17 or later; on Debian: sudo apt-get install default-jre-headless",
    };
  }
}
