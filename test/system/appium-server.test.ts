import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { capabilitiesFor } from "../../src/device/appium/capabilities.ts";
import { openClient } from "../../src/device/appium/client.ts";
import { makeAppiumHome } from "../../src/device/appium/home.ts";
import { startAppiumProcess } from "../../src/device/appium/process.ts";
import { reserveSystemPort } from "../../src/device/appium/system-port.ts";
import {
  type AppiumServer,
  consoleCommand,
  type Device,
  openAdbDevice,
  openAppiumDevice,
  startAppiumServer,
} from "../../src/device/index.ts";
import { ofVersion } from "../support/apk.ts";
import { driverApks } from "../support/appium.ts";
import { cleanEnv, MAIN, type RunningSim, startSim } from "../support/cli.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { appiumTest } from "../support/require.ts";

const server = "io.appium.uiautomator2.server";

/** Real Appium with an SDK that holds adb and nothing else: what Debian's package `adb` gives. */
appiumTest("Appium of our own", ({ adb }) => {
  let sim: RunningSim;
  let androidHome: string;
  let appium: AppiumServer;
  beforeAll(async () => {
    sim = await startSim(["--no-model"]);
    androidHome = await newFolder();
    await mkdir(path.join(androidHome, "platform-tools"));
    await symlink(adb, path.join(androidHome, "platform-tools", "adb"));
    appium = await startAppiumServer({ androidHome });
  });
  afterAll(async () => {
    await appium?.close();
    await sim?.close();
    await removeFolders();
  });

  async function withDevice(use: (device: Device) => Promise<void>): Promise<void> {
    const device = await openAppiumDevice({ serial: sim.devices[0]!.serial, adbHost: sim.adb, appium });
    try {
      await use(device);
    } finally {
      await device.close();
    }
  }
  const out = async (device: Device, ...argv: string[]): Promise<string> =>
    (await device.shell(argv)).stdout.trim();

  test("is not taken for another server that answers at its port", async () => {
    const other = createServer((_, response) => response.end('{"value":{"ready":true}}'));
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const home = await makeAppiumHome();
    try {
      await expect(startAppiumProcess({ androidHome, home, port })).rejects.toMatchObject({
        code: "APPIUM_NOT_STARTED",
        message: expect.stringContaining("its process ended: exit code 1") as unknown,
      });
    } finally {
      await home.remove();
      other.close();
    }
  });

  test("takes no settings from a file that lies where it is started", async () => {
    const folder = await newFolder();
    const settings = { server: { "base-path": "/wd/hub", "use-plugins": ["nowhere"] } };
    await writeFile(path.join(folder, ".appiumrc.json"), JSON.stringify(settings));
    const adbPort = ["--adb-port", String(sim.adb.port)];
    const probe = spawn(
      process.execPath,
      [path.resolve(MAIN), "devices", "--probe", "--driver", "appium", ...adbPort],
      { cwd: folder, env: cleanEnv({ ANDROID_HOME: androidHome }), stdio: ["ignore", "ignore", "inherit"] },
    );
    expect(await once(probe, "exit")).toEqual([0, null]);
  });

  test("puts its server in the place of one of another version, whatever tools the SDK has", async () => {
    const { serverVersion } = appium;
    const old = `${serverVersion.slice(0, -1)}${serverVersion.endsWith("0") ? 1 : 0}`;
    const apk = ofVersion(await readFile(driverApks().server), serverVersion, old);
    const file = path.join(await newFolder(), "old.apk");
    await writeFile(file, apk);
    const version = async (device: Device) =>
      /versionName=(\S+)/u.exec(await out(device, "dumpsys", "package", server))?.[1];
    await withDevice(async (device) => {
      await device.shell(["pm", "uninstall", server]);
      await device.install(file);
      expect(await version(device)).toBe(old);
    });
    await withDevice(async (device) => {
      expect(await version(device)).toBe(serverVersion);
      expect((await device.screen()).treeSource).toBe("uiautomator2");
    });
  });

  test("leaves the policy for hidden interfaces as it found it", async () => {
    const policy = async (device: Device) =>
      Promise.all(
        ["hidden_api_policy_pre_p_apps", "hidden_api_policy_p_apps", "hidden_api_policy"].map((key) =>
          out(device, "settings", "get", "global", key),
        ),
      );
    const adbOnly = await openAdbDevice({ serial: sim.devices[0]!.serial, adbHost: sim.adb });
    try {
      await adbOnly.shell(["settings", "put", "global", "hidden_api_policy", "2"]);
      await withDevice(async (device) => expect(await policy(device)).toEqual(["1", "1", "1"]));
      expect(await policy(adbOnly)).toEqual(["null", "null", "2"]);
      // What a session leaves behind that was cut off is nobody's.
      await adbOnly.shell(["settings", "put", "global", "hidden_api_policy", "1"]);
      await adbOnly.shell(["settings", "put", "global", "hidden_api_policy_p_apps", "1"]);
      await adbOnly.shell(["settings", "put", "global", "hidden_api_policy_pre_p_apps", "1"]);
      await withDevice(async () => {});
      expect(await policy(adbOnly)).toEqual(["null", "null", "null"]);
    } finally {
      await adbOnly.close();
    }
  });

  test("keeps its server on a device whose charger is taken away", async () => {
    await withDevice(async (device) => {
      const pid = await out(device, "pidof", server);
      await device.shell(["dumpsys", "battery", "unplug"]);
      expect((await device.screen()).treeSource).toBe("uiautomator2");
      expect(await out(device, "pidof", server)).toBe(pid);
      await device.shell(["dumpsys", "battery", "reset"]);
    });
  });

  test("hands on a picture while the tree is still being read", async () => {
    const { serial, consolePort } = sim.devices[0]!;
    const systemPort = await reserveSystemPort();
    const wishes = { serial, adb: sim.adb, systemPort: systemPort.port, installed: false };
    const capabilities = capabilitiesFor({ ...wishes, launchMs: 20_000, readMs: 10_000 });
    const client = await openClient({ url: appium.url, capabilities, sessionMs: 60_000, commandMs: 10_000 });
    try {
      await consoleCommand("fault set slow-source times=1 ms=4000", { port: consolePort, timeoutMs: 5000 });
      const order: string[] = [];
      await Promise.all([
        client.source().then(() => order.push("tree")),
        client.screenshot().then(() => order.push("picture")),
      ]);
      expect(order).toEqual(["picture", "tree"]);
    } finally {
      await client.end();
      await systemPort.release();
    }
  });
});
