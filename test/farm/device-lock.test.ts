import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { lockDevice } from "../../src/farm/index.ts";
import type { FileLock } from "../../src/file-lock.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

const adb = { host: "127.0.0.1", port: 5037 };
const serial = "emulator-5554";
let folder: string;
const held: FileLock[] = [];

beforeEach(async () => {
  folder = path.join(await newFolder(), "locks");
});

afterEach(async () => {
  for (const lock of held.splice(0)) lock.release();
  await removeFolders();
});

async function lock(more: Partial<Parameters<typeof lockDevice>[0]> = {}): Promise<FileLock> {
  const taken = await lockDevice({ adb, serial, folder, ...more });
  held.push(taken);
  return taken;
}

describe("a device lock", () => {
  test("is had by one at a time, and by the next when it is given back", async () => {
    const first = await lock();
    await expect(lock()).rejects.toMatchObject({
      code: "DEVICE_IN_USE",
      class: "config",
      message: expect.stringMatching(/emulator-5554 of the adb server 127\.0\.0\.1:5037.*--device/),
    });
    first.release();
    await lock();
  });

  test("is of one device of one adb server, however its host is written", async () => {
    await lock();
    await lock({ serial: "emulator-5556" });
    await lock({ adb: { ...adb, port: 5137 } });
    await lock({ adb: { host: "farm-7", port: 5037 } });
    await expect(lock({ adb: { host: "localhost", port: 5037 } })).rejects.toMatchObject({
      code: "DEVICE_IN_USE",
    });
  });

  test.each(["192.168.1.7:5555", "adb-1A2B-x._adb-tls-connect._tcp", "../../etc/passwd", "a b/c\\d"])(
    "of %s lies in its folder",
    async (name) => {
      await lock({ serial: name });
      await expect(lock({ serial: name })).rejects.toMatchObject({ code: "DEVICE_IN_USE" });
      expect((await readdir(folder)).filter((file) => file.endsWith(".lock"))).toHaveLength(1);
    },
  );

  test("ends with the process that had it, killed or not", async () => {
    const program = `
      import { lockDevice } from ${JSON.stringify(path.resolve("src/farm/device-lock.ts"))};
      await lockDevice(${JSON.stringify({ adb, serial, folder })});
      process.stdout.write("locked");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(child, "exit");
    try {
      await once(child.stdout, "data");
      await expect(lock()).rejects.toMatchObject({ code: "DEVICE_IN_USE" });
    } finally {
      child.kill("SIGKILL");
      await exited;
    }
    await lock();
  });

  test("that cannot be had at all says where, and what to do", async () => {
    await writeFile(folder, "a file where the folder should be");
    await expect(lock()).rejects.toMatchObject({
      code: "DEVICE_LOCK",
      class: "config",
      message: expect.stringContaining(folder),
    });
  });
});
