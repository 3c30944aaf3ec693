import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { adbProtocol, findAndroidHome } from "../../../src/device/appium/sdk.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";

afterEach(removeFolders);

async function sdk(script = 'echo "Android Debug Bridge version 1.0.39"'): Promise<string> {
  const folder = await newFolder();
  await mkdir(join(folder, "platform-tools"));
  const adb = join(folder, "platform-tools", "adb");
  await writeFile(adb, `#!/bin/sh\n${script}\n`);
  await chmod(adb, 0o755);
  return folder;
}

test("a given SDK goes before the environment's, ANDROID_HOME before ANDROID_SDK_ROOT", async () => {
  const [given, home, root] = await Promise.all([sdk(), sdk(), sdk()]);
  const env = { ANDROID_HOME: home, ANDROID_SDK_ROOT: root };
  expect(await findAndroidHome(given, env)).toBe(given);
  expect(await findAndroidHome(undefined, env)).toBe(home);
  expect(await findAndroidHome(undefined, { ANDROID_SDK_ROOT: root })).toBe(root);
});

test("an SDK that was named and is none is never replaced in silence", async () => {
  const empty = await newFolder();
  for (const finding of [findAndroidHome(empty, {}), findAndroidHome(undefined, { ANDROID_HOME: empty })]) {
    await expect(finding).rejects.toMatchObject({ code: "ANDROID_SDK_MISSING", class: "config" });
  }
  await expect(findAndroidHome(empty, {})).rejects.toThrow(empty);
});

test("adb tells the version of its protocol", async () => {
  expect(await adbProtocol(await sdk())).toBe(39);
  for (const script of ["exit 1", "echo something else"]) {
    await expect(adbProtocol(await sdk(script))).rejects.toMatchObject({ code: "ANDROID_SDK_MISSING" });
  }
});
