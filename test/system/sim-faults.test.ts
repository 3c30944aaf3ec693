import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type RealAdbServer, startRealAdbServer } from "../support/real-adb.ts";
import { adbTest } from "../support/require.ts";
import { until } from "../support/until.ts";

const run = promisify(execFile);

adbTest("faults of the simulated device, met by the real adb", (adb) => {
  let server: RealAdbServer;
  let simulation: Simulation;
  let home: string;
  let serial: string;

  /** What adb prints on both streams, with the console's line ends made plain, and what it exits with. */
  async function call(...args: string[]): Promise<{ out: string; code: number; bytes: Buffer }> {
    const options = { env: server.env, encoding: "buffer", maxBuffer: 64 << 20 } as const;
    try {
      const { stdout, stderr } = await run(adb, ["-P", String(server.port), ...args], options);
      return { out: plain(stdout, stderr), code: 0, bytes: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: Buffer; stderr: Buffer };
      return { out: plain(stdout, stderr), code, bytes: stdout };
    }
  }
  const device = (...args: string[]): ReturnType<typeof call> => call("-s", serial, ...args);
  /** The console is reached by `adb emu`, which looks for its token in the home folder. */
  const fault = (...args: string[]): ReturnType<typeof call> =>
    call("-s", `emulator-${simulation.devices[0]!.consolePort}`, "emu", "fault", ...args);
  const state = async (): Promise<string | undefined> =>
    new RegExp(`^${serial}\\s+(\\w+)$`, "m").exec((await call("devices")).out)?.[1];

  beforeAll(async () => {
    home = await newFolder();
    simulation = await startSimulation({
      devices: 1,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(home, ".emulator_console_auth_token"),
    });
    server = await startRealAdbServer(adb, home);
    serial = `127.0.0.1:${simulation.devices[0]!.adbPort}`;
    await until(async () => {
      await call("connect", serial);
      return (await state()) === "device";
    });
  });

  afterEach(async () => {
    await fault("clear");
    await until(async () => (await state()) === "device");
  });

  afterAll(async () => {
    await server?.close();
    await simulation?.close();
    await removeFolders();
  });

  test("the console tells of faults, and refuses what it does not know with KO and exit code 0", async () => {
    expect(await fault("set", "hang", "times=2")).toMatchObject({ out: "OK\n", code: 0 });
    expect((await fault("list")).out).toBe("hang times=2\nOK\n");
    expect((await fault("clear", "hang")).out).toBe("OK\n");
    const unknown = await fault("set", "gremlins");
    expect(unknown).toMatchObject({ code: 0 });
    expect(unknown.out).toMatch(/^KO: there is no fault 'gremlins'; the faults are offline, hang, /);
    expect((await fault("set", "offline", "times=2")).out).toMatch(
      /^KO: 'times=2' is no setting of 'offline'/,
    );
  });

  test("offline: the server shows it, commands fail, and the device comes back", async () => {
    await fault("set", "offline");
    await until(async () => (await state()) === "offline");
    expect(await device("shell", "echo", "hello")).toMatchObject({
      code: 1,
      out: expect.stringContaining("offline"),
    });
    await fault("clear", "offline");
    await until(async () => (await state()) === "device");
    expect((await device("shell", "echo", "hello")).out).toBe("hello\n");
  });

  test("hang: a command neither prints nor ends until its client goes; the next one runs", async () => {
    await fault("set", "hang", "times=1");
    const client = spawn(adb, ["-P", String(server.port), "-s", serial, "shell", "echo", "hello"], {
      env: server.env,
    });
    const printed: string[] = [];
    client.stdout.on("data", (chunk) => printed.push(String(chunk)));
    await until(async () => (await fault("list")).out === "OK\n");
    expect((await device("shell", "echo", "next")).out).toBe("next\n");
    expect(client.exitCode).toBeNull();
    expect(printed).toEqual([]);
    client.kill();
    await once(client, "exit");
  });

  test("dump-error and never-idle: an error, exit code 0, and no file", async () => {
    await device("shell", "rm", "-f", "/sdcard/window_dump.xml");
    await fault("set", "dump-error", "times=1");
    expect(await device("shell", "uiautomator", "dump")).toMatchObject({
      out: "ERROR: null root node returned by UiTestAutomationBridge.\n",
      code: 0,
    });
    await fault("set", "never-idle", "times=1");
    expect(await device("shell", "uiautomator", "dump")).toMatchObject({
      out: "ERROR: could not get idle state.\n",
      code: 0,
    });
    expect((await device("shell", "ls", "/sdcard/window_dump.xml")).code).toBe(1);
    expect((await device("shell", "uiautomator", "dump")).out).toContain("UI hierchary dumped to");
  });

  test("stale-tree: the tree of the screen before, once", async () => {
    const dump = async (): Promise<string> =>
      (await device("exec-out", "uiautomator", "dump", "/dev/tty")).out;
    await device("shell", "input", "keyevent", "HOME");
    const before = await dump();
    await device("shell", "am", "start", "-n", "com.android.settings/.Settings");
    await fault("set", "stale-tree", "times=1");
    expect(await dump()).toBe(before);
    expect(await dump()).toContain('package="com.android.settings"');
  });

  test("black-frame: black pictures by every way", async () => {
    const size = 1080 * 2400 * 4;
    const light = async (): Promise<number> => {
      const { bytes } = await device("exec-out", "screencap");
      expect(bytes).toHaveLength(16 + size);
      return bytes.subarray(16).filter((value, at) => at % 4 !== 3 && value !== 0).length;
    };
    expect(await light()).toBeGreaterThan(0);
    const picture = await device("exec-out", "screencap", "-p");
    await fault("set", "black-frame");
    expect(await light()).toBe(0);
    const black = await device("exec-out", "screencap", "-p");
    expect(black.bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(black.bytes.length).toBeLessThan(picture.bytes.length / 2);
  });

  test("snapshot-error: KO, and exit code 0", async () => {
    const load = (): ReturnType<typeof call> =>
      call("-s", `emulator-${simulation.devices[0]!.consolePort}`, "emu", "avd", "snapshot", "load", "clean");
    await fault("set", "snapshot-error", "times=1");
    expect(await load()).toMatchObject({ out: "KO: Error -22 while loading VM state\n", code: 0 });
    expect(await load()).toMatchObject({ out: "OK\n", code: 0 });
  });
});

function plain(...streams: Buffer[]): string {
  return Buffer.concat(streams).toString().replaceAll("\r\n", "\n");
}
