import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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
  let adb: string | undefined;
  try {
    adb = execFileSync("/bin/sh", ["-c", "command -v adb"], { encoding: "utf8" }).trim();
  } catch {
    adb = undefined;
  }
  describeWith(adb === undefined ? `adb, for ${what}` : what, adb !== undefined, () => tests(adb!));
}
