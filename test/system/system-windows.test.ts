import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Action, Target } from "../../src/action/index.ts";
import {
  type AppiumServer,
  consoleCommand,
  type Device,
  openAdbDevice,
  openAppiumDevice,
  startAppiumServer,
} from "../../src/device/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { drawInstance, loadSuite, runChecks, setUpTask } from "../../src/task/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { appiumTest } from "../support/require.ts";

/** A window of System UI over an app: the notification shade, met through each driver as any agent meets it. */
const systemUi = "com.android.systemui";
const shade = { package: systemUi, activity: "" };
const settings = { package: "com.android.settings", activity: ".Settings" };

async function onePhone(): Promise<Simulation> {
  const tokenFile = join(await newFolder(), ".emulator_console_auth_token");
  return startSimulation({ devices: 1, seed: 7, latency: "none", clock: "stepped", tokenFile });
}

const addressOf = (simulation: Simulation) => ({
  serial: simulation.devices[0]!.serial,
  adbHost: { host: "127.0.0.1", port: simulation.adbServerPort },
});

const sms = (simulation: Simulation, from: string, text: string) =>
  consoleCommand(`sms send ${from} ${text}`, {
    port: simulation.devices[0]!.consolePort,
    timeoutMs: 5000,
  });

function element(screen: Screen, text: string): Element {
  const fits = (one: Element) => one.text.split("\n").includes(text) || one.description === text;
  const found = screen.elements.find((one) => one.clickable && fits(one)) ?? screen.elements.find(fits);
  if (found === undefined)
    throw new Error(
      `${text} is not among ${JSON.stringify(screen.elements.map((one) => one.text || one.description))}`,
    );
  return found;
}

const on = (screen: Screen, text: string): Target => ({
  kind: "element",
  index: element(screen, text).index,
});
const says = (screen: Screen, text: string) =>
  screen.elements.some((one) => one.text.includes(text) || one.description.includes(text));

/** What every driver has to do with the shade. */
function shadeTests(get: () => { device: Device; simulation: Simulation; snapshot: string }): void {
  let device: Device;
  beforeEach(async () => {
    device = get().device;
    await device.snapshots!.load(get().snapshot);
    await act({ type: "openApp", app: "Settings" });
  });

  /** Carries out an action, which must not be refused, and looks again. */
  async function act(action: Action, screen?: Screen): Promise<Screen> {
    expect(await device.perform(action, screen ?? (await device.screen()))).toEqual({ ok: true });
    return device.screen();
  }

  const pullDown = (): Promise<Screen> =>
    act({
      type: "swipe",
      direction: "down",
      target: { kind: "point", x: 540, y: 20 },
      to: { kind: "point", x: 540, y: 1500 },
    });
  const back = (screen: Screen): Promise<Screen> => act({ type: "press", key: "back" }, screen);
  const setting = async (namespace: string, key: string) =>
    (await device.shell(["settings", "get", namespace, key])).stdout.trim();

  test("it is what is in front, and nothing of the app behind it is listed", async () => {
    const open = await pullDown();
    expect(open).toMatchObject(shade);
    expect(says(open, "No notifications")).toBe(true);
    expect(new Set(open.elements.map((one) => one.package))).toEqual(new Set([systemUi]));
    const closed = await back(open);
    expect(closed).toMatchObject(settings);
    expect(says(closed, "Network & internet")).toBe(true);
  });

  test("Wi-Fi is switched in it, and the app behind it shows that", async () => {
    let screen = await pullDown();
    expect(element(screen, "Internet,AndroidWifi")).toMatchObject({ checkable: true, checked: true });
    screen = await act({ type: "tap", target: on(screen, "Internet,AndroidWifi") }, screen);
    expect(screen).toMatchObject(shade);
    expect(says(screen, "Bluetooth.")).toBe(false);
    screen = await act({ type: "tap", target: on(screen, "Wi‑Fi") }, screen);
    expect(await setting("global", "wifi_on")).toBe("0");
    screen = await act({ type: "tap", target: on(screen, "Done") }, screen);
    expect(element(screen, "T-Mobile, LTE").className).toBe("android.widget.Switch");
    screen = await back(screen);
    screen = await act({ type: "tap", target: on(screen, "Network & internet") }, screen);
    expect(says(screen, "Networks available")).toBe(true);
  });

  test("a message's notification opens its conversation, and the others are cleared", async () => {
    const { simulation } = get();
    await sms(simulation, "+15550100428", "Are you there?");
    await sms(simulation, "+15551234567", "Your code is 1234");
    let screen = await pullDown();
    screen = await act({ type: "tap", target: on(screen, "Clara Dunn") }, screen);
    expect(screen).toMatchObject({ activity: ".activities.ThreadActivity" });
    expect(says(screen, "Are you there?")).toBe(true);
    screen = await pullDown();
    expect([says(screen, "Your code is 1234"), says(screen, "Clara Dunn")]).toEqual([true, false]);
    screen = await act({ type: "tap", target: on(screen, "Clear all notifications.") }, screen);
    // With the last notification the shade closes.
    expect(screen).toMatchObject({ activity: ".activities.ThreadActivity" });
    expect((await device.shell(["cmd", "notification", "list"])).stdout.trim()).toBe("");
  });

  test("a notification is swiped away", async () => {
    await device.shell(["cmd", "notification", "post", "-t", "First", "one", "Text of it"]);
    let screen = await pullDown();
    screen = await act({ type: "swipe", direction: "left", target: on(screen, "First") }, screen);
    expect([says(screen, "First"), says(screen, "No notifications")]).toEqual([false, true]);
  });

  test("its slider sets the brightness", async () => {
    await device.shell(["cmd", "statusbar", "expand-settings"]);
    let screen = await device.screen();
    screen = await act(
      { type: "swipe", direction: "right", target: on(screen, "Display brightness") },
      screen,
    );
    expect(screen).toMatchObject(shade);
    expect(Number(await setting("system", "screen_brightness"))).toBeGreaterThan(102);
  });

  test("what was aimed at in it is not touched once it is closed, nor what is behind it once it is open", async () => {
    const open = await pullDown();
    await device.shell(["cmd", "statusbar", "collapse"]);
    const tap = (screen: Screen, text: string) =>
      device.perform({ type: "tap", target: on(screen, text) }, screen);
    expect(await tap(open, "Bluetooth.")).toEqual({
      ok: false,
      reason: expect.stringContaining("the screen has moved on: com.android.settings/.Settings"),
    });
    const app = await device.screen();
    await device.shell(["cmd", "statusbar", "expand-notifications"]);
    expect(await tap(app, "Network & internet")).toEqual({
      ok: false,
      reason: expect.stringContaining("the screen has moved on: com.android.systemui/"),
    });
    expect(await setting("global", "bluetooth_on")).toBe("1");
  });

  test("the tasks that begin in it can be done", async () => {
    const { templates } = await loadSuite("tasks/everyday.yaml");
    const setUp = async (id: string) => {
      const instance = drawInstance(
        templates.find((each) => each.id === id)!,
        1,
        1,
      );
      await setUpTask(device, instance);
      return { instance, screen: await device.screen() };
    };
    const passes = async (...of: Parameters<typeof runChecks>) =>
      (await runChecks(...of)).map(({ passed }) => passed);

    const parcel = await setUp("parcel-code");
    const code = /The code is (\d+)/u.exec(JSON.stringify(parcel.screen.elements))![1]!;
    expect(await passes(device, parcel.instance, parcel.screen, code)).toEqual([true]);

    const { instance, screen } = await setUp("clear-notifications");
    expect(await passes(device, instance, screen, undefined)).toEqual([false]);
    const cleared = await act({ type: "tap", target: on(screen, "Clear all") }, screen);
    expect(await passes(device, instance, cleared, undefined)).toEqual([true]);
  });

  test("an app that is opened from it is in front", async () => {
    const screen = await act({ type: "openApp", app: "Contacts" }, await pullDown());
    expect(screen.package).toBe("com.google.android.contacts");
  });
}

describe("the notification shade, by adb", () => {
  let simulation: Simulation;
  let device: Device;
  beforeAll(async () => {
    simulation = await onePhone();
    device = await openAdbDevice({ ...addressOf(simulation), timeouts: { retryMs: 1 } });
  });
  afterAll(async () => {
    await device?.close();
    await simulation?.close();
    await removeFolders();
  });
  shadeTests(() => ({ device, simulation, snapshot: "clean" }));
});

appiumTest("the notification shade, by Appium", ({ androidHome }) => {
  const ready = "with-appium";
  let simulation: Simulation;
  let appium: AppiumServer;
  let device: Device;
  beforeAll(async () => {
    simulation = await onePhone();
    appium = await startAppiumServer({ androidHome, onDeath: () => undefined });
    device = await openAppiumDevice({ ...addressOf(simulation), appium, timeouts: { commandMs: 10_000 } });
    await device.snapshots!.save(ready);
  });
  afterAll(async () => {
    await device?.close();
    await appium?.close();
    await simulation?.close();
    await removeFolders();
  });

  shadeTests(() => ({ device, simulation, snapshot: ready }));

  test("looks the same to both drivers, element by element", async () => {
    // Without what one of them is not told.
    const comparable = ({ elements, fingerprint, ...screen }: Screen) => ({
      fingerprint,
      inFront: [screen.package, screen.activity],
      elements: elements.map((one) => ({ ...one, value: undefined })),
    });
    const looks = async (by: Device) => {
      const shell = (...argv: string[]) => by.shell(argv);
      await by.snapshots!.load(ready);
      await shell("am", "start", "-W", "-n", "com.android.settings/.Settings");
      await shell("cmd", "notification", "post", "-t", "A title", "tag", "Some text");
      await shell("cmd", "statusbar", "expand-notifications");
      const notifications = await by.screen();
      await shell("cmd", "statusbar", "expand-settings");
      const quickSettings = await by.screen();
      const { index } = element(quickSettings, "Internet,AndroidWifi");
      await by.perform({ type: "tap", target: { kind: "element", index } }, quickSettings);
      const dialog = await by.screen();
      return [notifications, quickSettings, dialog].map(comparable);
    };
    const byAppium = await looks(device);
    await device.close();
    const adb = await openAdbDevice({ ...addressOf(simulation), timeouts: { retryMs: 1 } });
    try {
      const byAdb = await looks(adb);
      expect(byAppium).toEqual(byAdb);
      expect(byAdb.map(({ elements }) => elements.length > 5)).toEqual([true, true, true]);
    } finally {
      await adb.close();
    }
  });
});
