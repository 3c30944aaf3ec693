import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type AdbAddress, type Device, listAdbDevices, openAdbDevice } from "../../src/device/index.ts";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type RealAdbServer, startRealAdbServer } from "../support/real-adb.ts";
import { adbTest } from "../support/require.ts";
import { textTable } from "../support/text-table.ts";
import { until } from "../support/until.ts";

adbTest("the driver over the real adb server", (adb) => {
  let server: RealAdbServer;
  let simulation: Simulation;
  let adbHost: AdbAddress;
  let device: Device;

  beforeAll(async () => {
    const home = await newFolder();
    simulation = await startSimulation({
      devices: 1,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(home, ".emulator_console_auth_token"),
    });
    server = await startRealAdbServer(adb, home);
    adbHost = { host: "127.0.0.1", port: server.port };
    const serial = `127.0.0.1:${simulation.devices[0]!.adbPort}`;
    await until(async () => {
      await server.adb("connect", serial);
      const rows = await listAdbDevices(adbHost);
      return rows.some((row) => row.serial === serial && row.state === "device");
    });
    device = await openAdbDevice({ serial, adbHost });
  });

  afterAll(async () => {
    await device?.close();
    await server?.close();
    await simulation?.close();
    await removeFolders();
  });

  test("reads the device, its screen and its files", async () => {
    expect(device.info).toMatchObject({ width: 1080, height: 2400, apiLevel: 33 });
    // A device that was connected by address has no console to be known by.
    expect(device.snapshots).toBeUndefined();
    const screen = await device.screen();
    expect(screen).toMatchObject({ treeSource: "uiautomator", image: { mediaType: "image/png" } });
    expect(await device.perform({ type: "openApp", app: "Clock" }, screen)).toEqual({ ok: true });
    expect((await device.screen()).package).toBe("com.google.android.deskclock");
    const content = Buffer.alloc(1_000_000, "0123456789");
    await device.push(content, "/data/local/tmp/x");
    expect((await device.pull("/data/local/tmp/x")).equals(content)).toBe(true);
    await expect(device.pull("/nowhere")).rejects.toMatchObject({ code: "PULL_FAILED" });
  });

  test("runs commands with both streams, exit code and input", async () => {
    expect(await device.shell(["sh", "-c", "echo out; echo err >&2; exit 3"])).toEqual({
      stdout: "out\n",
      stderr: "err\n",
      exitCode: 3,
    });
    expect(await device.shell(["cat"], { input: "$(reboot)\n" })).toMatchObject({ stdout: "$(reboot)\n" });
  });

  describe("texts", () => {
    textTable(async () => device);
  });

  test("knows what the server says of a device it does not have, and of one that is gone", async () => {
    await expect(openAdbDevice({ serial: "nope", adbHost })).rejects.toMatchObject({
      code: "DEVICE_NOT_FOUND",
    });
    await simulation.close();
    await expect(device.shell(["echo"])).rejects.toMatchObject({ code: "DEVICE_GONE", class: "infra" });
  });
});
