import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import sharp from "sharp";
import { startSimulation, type Simulation } from "../../src/sim/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { adbTest } from "../support/require.ts";

const smsDatabase = "/data/data/com.android.providers.telephony/databases/mmssms.db";

adbTest("a simulated phone behind the adb program", (adb) => {
  let simulation: Simulation;
  let home: string;

  beforeAll(async () => {
    home = await newFolder();
    simulation = await startSimulation({
      devices: 2,
      seed: 11,
      latency: "none",
      clock: "stepped",
      tokenFile: join(home, ".emulator_console_auth_token"),
    });
  });

  beforeEach(() => on("emu", "avd", "snapshot", "load", "clean"));

  afterAll(async () => {
    await simulation.close();
    await removeFolders();
  });

  const run = promisify(execFile);

  /** Exit code and output of the adb program on the first device. */
  async function on(...args: string[]): Promise<{ code: number; stdout: Buffer; stderr: string }> {
    const server = String(simulation.adbServerPort);
    const options = {
      env: { HOME: home, PATH: process.env["PATH"], ADB_MDNS: "0" },
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      encoding: "buffer" as const,
    };
    try {
      const done = await run(adb, ["-P", server, "-s", simulation.devices[0]!.serial, ...args], options);
      return { code: 0, stdout: done.stdout, stderr: done.stderr.toString() };
    } catch (error) {
      const failed = error as { code: number; stdout: Buffer; stderr: Buffer };
      return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr.toString() };
    }
  }

  const shell = async (command: string): Promise<string> => (await on("shell", command)).stdout.toString();

  test("gives outputs apart, and exit codes", async () => {
    expect(await on("shell", "echo out; echo err >&2; exit 5")).toEqual({
      code: 5,
      stdout: Buffer.from("out\n"),
      stderr: "err\n",
    });
    expect(await on("shell", "nope")).toMatchObject({
      code: 127,
      stderr: "/system/bin/sh: nope: inaccessible or not found\n",
    });
  });

  test("gives up its databases as files, and takes them back", async () => {
    const file = join(home, "mmssms.db");
    await shell(`sqlite3 ${smsDatabase} "UPDATE sms SET body = 'it''s me' WHERE _id = 1"`);
    expect((await on("pull", smsDatabase, file)).code).toBe(0);
    const pulled = new Database(file);
    const rows = pulled.prepare("SELECT count(*) FROM sms").pluck().get();
    expect(pulled.prepare("SELECT body FROM sms WHERE _id = 1").pluck().get()).toBe("it's me");
    pulled.exec("DELETE FROM sms WHERE _id <> 1");
    pulled.close();
    expect(await shell("content query --uri content://sms --projection _id | wc -l")).toBe(
      `${String(rows)}\n`,
    );
    expect((await on("push", file, smsDatabase)).code).toBe(0);
    expect(await shell("content query --uri content://sms --projection body")).toBe("Row: 0 body=it's me\n");
  });

  test("keeps 20 MB as they are, pushed, printed and pulled", async () => {
    const bytes = randomBytes(20_000_000);
    const [there, back] = [join(home, "there"), join(home, "back")];
    await writeFile(there, bytes);
    expect((await on("push", there, "/sdcard/Download/")).code).toBe(0);
    expect((await on("exec-out", "cat", "/sdcard/Download/there")).stdout.equals(bytes)).toBe(true);
    expect((await on("pull", "/storage/emulated/0/Download/there", back)).code).toBe(0);
    expect((await readFile(back)).equals(bytes)).toBe(true);
  });

  test("pictures its screen, in both of the formats", async () => {
    const png = await sharp((await on("exec-out", "screencap", "-p")).stdout)
      .ensureAlpha()
      .raw()
      .toBuffer();
    const raw = (await on("exec-out", "screencap")).stdout;
    expect([0, 4, 8, 12].map((at) => raw.readUInt32LE(at))).toEqual([1080, 2400, 1, 1]);
    expect(raw.subarray(16).equals(png)).toBe(true);
  });

  test("types what the shell was given, whatever it holds", async () => {
    await shell("am start -W -n com.android.settings/.Settings");
    expect(await shell("dumpsys window | grep mCurrentFocus")).toContain("com.android.settings");
    const text = `a'"$%\\;b`;
    expect((await on("shell", `input text '${text.replaceAll("'", `'\\''`)}'`)).code).toBe(0);
    expect(await on("shell", "input text 'ü'")).toMatchObject({ code: 255 });
  });

  test("receives text messages, and has snapshots, by the console", async () => {
    expect((await on("emu", "sms", "send", "5551234", "see you at 8")).stdout.toString()).toContain("OK");
    expect(
      await shell("content query --uri content://sms/inbox --where \"address='5551234'\" --projection body"),
    ).toBe("Row: 0 body=see you at 8\n");
    expect((await on("emu", "avd", "snapshot", "list")).stdout.toString()).toContain("clean");
    await on("emu", "avd", "snapshot", "load", "clean");
    expect(await shell("content query --uri content://sms/inbox --where \"address='5551234'\"")).toBe(
      "No result found.\n",
    );
    expect((await on("emu", "avd", "snapshot", "load", "nope")).stdout.toString()).toContain("KO");
  });

  test("follows the evaluators of AndroidWorld through their commands", async () => {
    expect(await shell("settings put global auto_time 0; date 1015153423.00")).toBe(
      "Sun Oct 15 15:34:00 UTC 2023\n",
    );
    expect(await shell("am stack list | grep -E visible=true")).toMatch(
      /visible=true topActivity=ComponentInfo\{\S+\}\n$/u,
    );
    expect(
      await shell(
        "echo 'it'\"'\"'s $5' > /sdcard/Documents/Markor/a.md && cat /sdcard/Documents/Markor/a.md",
      ),
    ).toBe("it's $5\n");
    const listing = await shell("ls /storage/emulated/0/Documents/Markor -ll -au");
    expect(listing).toMatch(/^-rw-r--r-- 1 u0_a165 media_rw +8 2023-10-15 15:34:\d\d\.\d{9} \+0000 a\.md$/mu);
    expect(
      await shell(
        'if [ -f "/sdcard/Documents/Markor/a.md" ]; then\n echo "Exists"\nelse\n echo "Does not exist"\nfi',
      ),
    ).toBe("Exists\n");
    expect(
      await shell("rm -r /storage/emulated/0/Documents/Markor/*; ls -1 /storage/emulated/0/Documents/Markor"),
    ).toBe("");
    expect(
      await shell("content query --uri content://contacts/phones/ --projection display_name:number"),
    ).toMatch(/^Row: 0 display_name=.+, number=.+$/mu);
    expect(await shell("dumpsys input | grep logicalFrame")).toContain("logicalFrame=[0, 0, 1080, 2400]");
    expect(await shell("whoami")).toBe("root\n");
  });
});
