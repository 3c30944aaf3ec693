import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "@jest/globals";

/* oxlint-disable jest/valid-describe-callback, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- it makes tests, it is none */
/**
 * Tests that need something which is not part of the project. Where it is missing they are skipped
 * and say so; under `CI=true`, where everything must be there, they fail.
 */
export function describeWith(what: string, present: boolean, tests: () => void): void {
  if (present) {
    describe(what, tests);
  } else if (process.env["CI"] === "true") {
    test(`${what} is needed`, () => {
      throw new Error(`${what} is missing here`);
    });
  } else {
    test.skip(`${what} is missing here: skipped`, () => {});
  }
}

/** Recorded inputs, which lie beside the project. */
export function fixtureTest(name: string, tests: (folder: string) => void): void {
  const folder = join(import.meta.dirname, "../../../shared/fixtures", name);
  describeWith(`recorded inputs: ${name}`, existsSync(folder), () => tests(folder));
}

/** Tests over the real adb program. */
export function adbTest(what: string, tests: (adb: string) => void): void {
  const adb = pathOf("adb");
  describeWith(adb === undefined ? `adb, for ${what}` : what, adb !== undefined, () => tests(adb!));
}

export interface AppiumParts {
  /** `ANDROID_HOME` for the programs that a test starts. */
  androidHome: string;
  /** The one adb that everything uses: two of different versions would kill each other's server. */
  adb: string;
}

/**
 * Tests over a real Appium server with the real UiAutomator2 driver. Appium takes adb from the SDK and from
 * nowhere else, so an adb on the path alone will not do.
 */
export function appiumTest(what: string, tests: (parts: AppiumParts) => void): void {
  const parts = appiumParts();
  const name = "missing" in parts ? `${parts.missing}, for ${what}` : what;
  describeWith(name, !("missing" in parts), () => tests(parts as AppiumParts));
}

/** Where Debian's packages put the SDK, for whoever has not set `ANDROID_HOME`. */
const DEBIAN_SDK = "/usr/lib/android-sdk";

function appiumParts(): AppiumParts | { missing: string } {
  const androidHome = process.env["ANDROID_HOME"] ?? process.env["ANDROID_SDK_ROOT"] ?? DEBIAN_SDK;
  const adb = join(androidHome, "platform-tools", "adb");
  if (!existsSync(adb)) return { missing: "an Android SDK (ANDROID_HOME) with platform-tools/adb" };
  try {
    createRequire(import.meta.url).resolve("appium-uiautomator2-driver/package.json");
  } catch {
    return { missing: "appium-uiautomator2-driver" };
  }
  return { androidHome, adb };
}

function pathOf(program: string): string | undefined {
  try {
    return execFileSync("/bin/sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Tests over the real `@huggingface/transformers`, which is optional and too large for everybody's install:
 * `ANDROIDGEN_TEST_TRANSFORMERS` names a folder in which it was installed.
 */
export function transformersTest(what: string, tests: (installed: string) => void): void {
  const folder = process.env["ANDROIDGEN_TEST_TRANSFORMERS"] ?? "";
  const present =
    folder !== "" && existsSync(join(folder, "node_modules/@huggingface/transformers/package.json"));
  const name = present ? what : `@huggingface/transformers (ANDROIDGEN_TEST_TRANSFORMERS), for ${what}`;
  describeWith(name, present, () => tests(folder));
}
