import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { consoleCommand, type Device } from "../../src/device/index.ts";
import type { Screen } from "../../src/screen/index.ts";
import { removeFolders } from "../support/folder.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

/** What the adb driver makes of each fault of a device: what is recovered from, and what is thrown. */
let driven: DrivenDevice;
let device: Device;
let home: Screen;

beforeAll(async () => {
  const patience = { serverMs: 5000, absentMs: 5000, offlineMs: 10_000, reconnectMs: 300 };
  driven = await driveSimulatedDevice("none", { commandMs: 3000, patience });
  device = driven.device;
  home = await device.screen();
});

afterEach(async () => {
  await fault("clear");
  await device.perform({ type: "press", key: "home" }, home);
});

afterAll(async () => {
  await driven.close();
  await removeFolders();
});

const fault = (...words: string[]): Promise<string[]> =>
  consoleCommand(["fault", ...words].join(" "), { port: driven.consolePort, timeoutMs: 5000 });

test("a device that is offline for a while is waited for", async () => {
  await fault("set", "offline", "ms=1500");
  expect(await device.screen()).toMatchObject({ package: home.package, treeSource: "uiautomator" });
  expect(await device.shell(["echo", "on"])).toMatchObject({ stdout: "on\n" });
});

test("a command that hangs is DEVICE_TIMEOUT, and the next one is not", async () => {
  await fault("set", "hang", "times=1");
  await expect(device.shell(["echo", "a"], { timeoutMs: 300 })).rejects.toMatchObject({
    code: "DEVICE_TIMEOUT",
    class: "infra",
  });
  expect(await device.shell(["echo", "b"])).toMatchObject({ stdout: "b\n" });
});

test("a dump that fails and exits with 0 is made again", async () => {
  await fault("set", "dump-error", "times=2");
  expect((await device.screen()).elements).toEqual(home.elements);
});

test("a screen whose dump fails for ever is a picture alone", async () => {
  await fault("set", "dump-error");
  expect(await device.screen()).toMatchObject({
    treeSource: "none",
    elements: [],
    image: { mediaType: "image/png" },
  });
});

test("a screen that never rests is a picture alone", async () => {
  await fault("set", "never-idle");
  expect(await device.screen()).toMatchObject({ treeSource: "none", image: { mediaType: "image/png" } });
});

test("the tree of the screen before is not given for the one now", async () => {
  await fault("set", "stale-tree", "times=1");
  await device.perform({ type: "openApp", app: "Settings" }, home);
  const screen = await device.screen();
  expect(screen).toMatchObject({ package: "com.android.settings", treeSource: "uiautomator" });
  expect(screen.elements.every((one) => one.package === "com.android.settings")).toBe(true);
});

test("a picture that is black once is taken again", async () => {
  await fault("set", "black-frame", "times=1");
  const { image } = await device.screen();
  expect(image!.bytes.length).toBeGreaterThan(20_000);
});

test("a picture that stays black is left out: the tree is there", async () => {
  await fault("set", "black-frame");
  const screen = await device.screen();
  expect(screen.image).toBeUndefined();
  expect(screen.elements).toEqual(home.elements);
});
