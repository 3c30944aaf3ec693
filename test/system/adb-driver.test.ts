import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Action, Target } from "../../src/action/index.ts";
import { consoleCommand, type Device, openAdbDevice } from "../../src/device/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";
import { removeFolders } from "../support/folder.ts";
import { holdPort } from "../support/ports.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

let driven: DrivenDevice;
let device: Device;

beforeAll(async () => {
  driven = await driveSimulatedDevice();
  device = driven.device;
});

beforeEach(async () => {
  await device.snapshots!.load("clean");
});

afterAll(async () => {
  await driven.close();
  await removeFolders();
});

/** The element that says `text`, in its text's first line or description. */
function element(screen: Screen, text: string): Element {
  const found = screen.elements.find(
    (one) => one.text.split("\n").includes(text) || one.description === text,
  );
  if (found === undefined) {
    const there = screen.elements.map((one) => one.text || one.description);
    throw new Error(`${JSON.stringify(text)} is not on the screen: ${JSON.stringify(there)}`);
  }
  return found;
}

const on = (screen: Screen, text: string): Target => ({
  kind: "element",
  index: element(screen, text).index,
});

/** Carries out an action, which must not be refused, and looks again. */
async function act(action: Action, screen: Screen): Promise<Screen> {
  expect(await device.perform(action, screen)).toEqual({ ok: true });
  return device.screen();
}

async function openApp(app: string): Promise<Screen> {
  return act({ type: "openApp", app }, await device.screen());
}

describe("a screen", () => {
  test("joins tree, picture and what is in front", async () => {
    const screen = await device.screen();
    expect(screen).toMatchObject({
      width: 1080,
      height: 2400,
      rotation: 0,
      package: "com.google.android.apps.nexuslauncher",
      activity: ".NexusLauncherActivity",
      treeSource: "uiautomator",
      secure: false,
      keyboardShown: false,
      image: { mediaType: "image/png" },
    });
    expect(screen.xml).toContain("<hierarchy");
    expect(element(screen, "Settings").clickable).toBe(true);
  });

  test("that did not change has the same fingerprint, and another one another", async () => {
    const first = await device.screen();
    expect((await device.screen()).fingerprint).toBe(first.fingerprint);
    expect((await openApp("Settings")).fingerprint).not.toBe(first.fingerprint);
  });

  test("that went dark is lit again", async () => {
    const settings = await openApp("Settings");
    await device.shell(["input", "keyevent", "KEYCODE_SLEEP"]);
    const lit = await device.screen();
    expect(lit.fingerprint).toBe(settings.fingerprint);
    expect(lit.image).toBeDefined();
  });
});

describe("actions", () => {
  test("open an app by a name people use, and tell which there are", async () => {
    expect((await device.apps()).map((app) => app.name)).toEqual(
      expect.arrayContaining([
        "Settings",
        "Contacts",
        "Clock",
        "Files",
        "Markor",
        "Simple Calendar Pro",
        "Simple SMS Messenger",
      ]),
    );
    for (const [name, packageName] of [
      ["settings app", "com.android.settings"],
      ["Simple Calendar", "com.simplemobiletools.calendar.pro"],
      ["net.gsantner.markor", "net.gsantner.markor"],
    ] as const) {
      expect((await openApp(name)).package).toBe(packageName);
    }
    expect(await device.perform({ type: "openApp", app: "Netflix" }, await device.screen())).toEqual({
      ok: false,
      reason: expect.stringContaining('no app "Netflix"'),
    });
  });

  test("tap an element and go back", async () => {
    const settings = await openApp("Settings");
    const network = await act({ type: "tap", target: on(settings, "Network & internet") }, settings);
    expect(element(network, "Airplane mode")).toBeDefined();
    const back = await act({ type: "press", key: "back" }, network);
    expect(back.fingerprint).toBe(settings.fingerprint);
  });

  test("tap a point", async () => {
    const home = await device.screen();
    const { bounds } = element(home, "Clock");
    const point: Target = {
      kind: "point",
      x: (bounds.left + bounds.right) / 2,
      y: (bounds.top + bounds.bottom) / 2,
    };
    expect((await act({ type: "tap", target: point }, home)).package).toBe("com.google.android.deskclock");
  });

  test("switch something on", async () => {
    const clock = await openApp("Clock");
    const alarm = clock.elements.find((one) => one.checkable)!;
    const after = await act({ type: "tap", target: { kind: "element", index: alarm.index } }, clock);
    expect(after.elements.find((one) => one.checkable)?.checked).toBe(!alarm.checked);
  });

  test("press long", async () => {
    const files = await openApp("Markor");
    const after = await act({ type: "longPress", target: on(files, "garden.md") }, files);
    expect(after.fingerprint).not.toBe(files.fingerprint);
  });

  test("tap twice", async () => {
    const clock = await openApp("Clock");
    const alarm = clock.elements.find((one) => one.checkable)!;
    const after = await act({ type: "doubleTap", target: { kind: "element", index: alarm.index } }, clock);
    expect(after.elements.find((one) => one.checkable)?.checked).toBe(alarm.checked);
  });

  test("scroll down and up again", async () => {
    const settings = await openApp("Settings");
    const below = await act({ type: "scroll", direction: "down" }, settings);
    expect(below.elements.some((one) => one.text.startsWith("Network & internet"))).toBe(false);
    const above = await act({ type: "scroll", direction: "up" }, below);
    expect(element(above, "Settings")).toBeDefined();
  });

  test("swipe", async () => {
    const home = await device.screen();
    const drawer = await act({ type: "swipe", direction: "up" }, home);
    expect(drawer.fingerprint).not.toBe(home.fingerprint);
  });

  test("press keys", async () => {
    const settings = await openApp("Settings");
    const home = await act({ type: "press", key: "home" }, settings);
    expect(home.package).toBe("com.google.android.apps.nexuslauncher");
    const recents = await act({ type: "press", key: "recents" }, home);
    expect(recents.fingerprint).not.toBe(home.fingerprint);
  });

  test("wait by the device's clock", async () => {
    const before = Number((await device.shell(["date", "+%s"])).stdout);
    await act({ type: "wait", ms: 5000 }, await device.screen());
    const after = Number((await device.shell(["date", "+%s"])).stdout);
    expect(after - before).toBeGreaterThanOrEqual(5);
  });

  test("that are no business of the device leave it alone", async () => {
    const home = await device.screen();
    await act({ type: "quote", content: "a" }, home);
    await act({ type: "answer", text: "b" }, home);
    const after = await act({ type: "finish", status: "complete", message: "c" }, home);
    expect(after.fingerprint).toBe(home.fingerprint);
    expect(await device.perform({ type: "callApi", name: "x", args: {} }, home)).toMatchObject({ ok: false });
  });

  test("are refused where their element is not on the screen, or the screen has moved on", async () => {
    const home = await device.screen();
    expect(await device.perform({ type: "tap", target: { kind: "element", index: 999 } }, home)).toEqual({
      ok: false,
      reason: expect.stringContaining("there is no element 999"),
    });
    await openApp("Settings");
    expect(await device.perform({ type: "tap", target: on(home, "Clock") }, home)).toEqual({
      ok: false,
      reason: expect.stringContaining("the screen has moved on: com.android.settings/.Settings is in front"),
    });
  });
});

describe("snapshots", () => {
  test("bring back what was", async () => {
    const snapshots = device.snapshots!;
    await device.push(Buffer.from("before"), "/sdcard/note.txt");
    await snapshots.save("mine");
    expect(await snapshots.list()).toEqual(expect.arrayContaining(["clean", "mine"]));
    await device.push(Buffer.from("after"), "/sdcard/note.txt");
    await openApp("Settings");
    await snapshots.load("mine");
    expect((await device.pull("/sdcard/note.txt")).toString()).toBe("before");
    expect((await device.screen()).package).toBe("com.google.android.apps.nexuslauncher");
    await snapshots.delete("mine");
    expect(await snapshots.list()).not.toContain("mine");
    await expect(snapshots.load("mine")).rejects.toMatchObject({ code: "CONSOLE_REFUSED" });
  });
});

describe("faults", () => {
  let slow: DrivenDevice;
  beforeAll(async () => {
    slow = await driveSimulatedDevice("realistic");
  });
  let release: (() => Promise<void>) | undefined;
  afterAll(async () => {
    await release?.();
    await slow.close();
  });

  test("a call that takes too long is DEVICE_TIMEOUT, and the device goes on", async () => {
    await expect(slow.device.shell(["sleep", "600"], { timeoutMs: 200 })).rejects.toMatchObject({
      code: "DEVICE_TIMEOUT",
      class: "infra",
    });
    expect(await slow.device.shell(["echo", "on"])).toMatchObject({ stdout: "on\n" });
  });

  test("a device that vanishes in the middle of a call is DEVICE_GONE, then and later", async () => {
    const endless = slow.device.shell(["sleep", "600"]).catch((error: unknown) => error);
    // Its answer shows that the device was there, and was serving, after the other call had begun.
    await slow.device.shell(["echo", "alive"]);
    await consoleCommand("kill", { port: slow.consolePort, timeoutMs: 5000 });
    const gone = { code: "DEVICE_GONE", class: "infra", retryable: true };
    expect(await endless).toMatchObject(gone);
    // A phone of another suite that takes its pair of ports would be another device.
    release = await holdPort(slow.consolePort);
    await expect(slow.device.screen()).rejects.toMatchObject(gone);
    await expect(slow.device.push(Buffer.alloc(9), "/sdcard/x")).rejects.toMatchObject(gone);
    await expect(slow.device.pull("/sdcard/x")).rejects.toMatchObject(gone);
  });

  test("a closed device is not used", async () => {
    const { serial } = device.info;
    const other = await openAdbDevice({ serial, adbHost: driven.adbHost });
    await other.close();
    await expect(other.screen()).rejects.toMatchObject({ code: "DEVICE_CLOSED" });
  });
});
