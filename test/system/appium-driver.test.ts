import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
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
import { childrenOf, gone } from "../support/children.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { appiumTest } from "../support/require.ts";

const phones = 8;
/** The first phone, with Appium's apps on it. */
const ready = "with-appium";

appiumTest("the Appium driver over the real server, driver and adb", ({ androidHome, adb }) => {
  let simulation: Simulation;
  let appium: AppiumServer;
  let deaths = 0;
  beforeAll(async () => {
    simulation = await startSimulation({
      devices: phones,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(await newFolder(), ".emulator_console_auth_token"),
    });
    appium = await startAppiumServer({ androidHome, onDeath: () => deaths++ });
    const first = await open(0);
    await first.snapshots!.save(ready);
    await first.close();
  });
  afterAll(async () => {
    await appium?.close();
    await simulation?.close();
    await removeFolders();
  });

  const adbHost = () => ({ host: "127.0.0.1", port: simulation.adbServerPort });
  const open = (index: number) =>
    openAppiumDevice({
      serial: simulation.devices[index]!.serial,
      adbHost: adbHost(),
      appium,
      timeouts: { commandMs: 10_000 },
    });
  const setFault = (fault: string) =>
    consoleCommand(`fault set ${fault}`, { port: simulation.devices[0]!.consolePort, timeoutMs: 5000 });

  describe("one device", () => {
    let device: Device;
    beforeEach(async () => {
      device = await open(0);
      await device.snapshots!.load(ready);
    });
    afterEach(() => device.close());

    /** Markor's editor: a field of many lines. */
    async function editor(): Promise<Screen> {
      await device.perform({ type: "openApp", app: "Markor" }, await device.screen());
      return tap(device, (element) => element.text.includes("garden.md"));
    }

    test("is what adb says of it, and driven by Appium", () => {
      expect(device.info).toMatchObject({
        serial: simulation.devices[0]!.serial,
        driver: "appium",
        width: 1080,
        height: 2400,
        capabilities: { windows: true, snapshots: true },
      });
      expect(device.info.capabilities.text[0]).toBe("setText");
    });

    test("is open once in one process", async () => {
      await expect(open(0)).rejects.toMatchObject({ code: "DEVICE_OPEN", class: "config" });
    });

    test("keeps its UI tree from the adb driver, which says so", async () => {
      const { serial } = simulation.devices[0]!;
      await device.screen();
      const other = await openAdbDevice({ serial, adbHost: adbHost(), timeouts: { retryMs: 1 } });
      try {
        const looking = other.screen().then(({ treeSource }) => treeSource);
        await expect(looking).rejects.toMatchObject({ code: "UIAUTOMATION_TAKEN", class: "infra" });
      } finally {
        await other.close();
      }
    });

    test("shows its screen with a tree and a picture, and goes where it is told", async () => {
      await device.perform({ type: "openApp", app: "Settings" }, await device.screen());
      const settings = await device.screen();
      expect(settings).toMatchObject({
        package: "com.android.settings",
        treeSource: "uiautomator2",
        secure: false,
      });
      expect(settings.image?.mediaType).toBe("image/png");
      const inside = await tap(device, (element) => element.text.startsWith("Network & internet"));
      expect(inside.fingerprint).not.toBe(settings.fingerprint);
      await device.perform({ type: "press", key: "back" }, inside);
      expect((await device.screen()).fingerprint).toBe(settings.fingerprint);
      await device.perform({ type: "scroll", direction: "down" }, settings);
      expect((await device.screen()).fingerprint).not.toBe(settings.fingerprint);
    });

    test("has a clipboard", async () => {
      await device.clipboard!.set("写 it's $(x) 👩‍👩‍👧\n2");
      expect(await device.clipboard!.get()).toBe("写 it's $(x) 👩‍👩‍👧\n2");
    });

    test.each([
      "instrumentation-death times=1",
      "session-lost times=1",
      "stale-tree times=1",
      "black-frame times=1",
    ])("is looked at all the same: %s", async (fault) => {
      const before = await device.screen();
      await setFault(fault);
      await device.perform({ type: "openApp", app: "Contacts" }, before);
      const screen = await device.screen();
      expect(screen).toMatchObject({ package: "com.google.android.contacts", treeSource: "uiautomator2" });
      expect(texted(screen, "Alma Becker")).toBeDefined();
      expect(screen.image).toBeDefined();
    });

    test("does what it is told once where the session was forgotten before", async () => {
      await device.perform({ type: "openApp", app: "Contacts" }, await device.screen());
      await device.screen();
      await setFault("session-lost times=1");
      const contact = await tap(device, (element) => element.text.startsWith("Alma Becker"));
      expect(contact.activity).not.toContain("PeopleActivity");
    });

    test("does nothing twice where its server dies at a touch, and says that it does not know", async () => {
      const screen = await editor();
      await device.perform({ type: "inputText", text: "kept" }, screen);
      const before = await device.screen();
      await setFault("instrumentation-death times=1");
      const result = await device.perform({ type: "press", key: "back" }, before);
      expect(result).toEqual({
        ok: false,
        reason: expect.stringContaining("may or may not have been done") as unknown,
      });
      // The episode goes on, on the same device.
      await device.screen();
      expect(await device.perform({ type: "openApp", app: "Clock" }, before)).toEqual({ ok: true });
      expect((await device.screen()).package).toContain("deskclock");
    });

    test("goes on after a snapshot was loaded", async () => {
      await editor();
      await device.snapshots!.load(ready);
      expect((await device.screen()).package).toContain("launcher");
    });
  });

  test("eight devices at the same time keep to themselves", async () => {
    const devices = await Promise.all(Array.from({ length: phones }, (_, index) => open(index)));
    try {
      await devices[0]!.snapshots!.load(ready);
      const seen = await Promise.all(
        devices.map(async (device, index) => {
          await device.perform({ type: "openApp", app: "Contacts" }, await device.screen());
          const search = await tap(device, (element) => element.editable);
          const target = { kind: "element", index: field(search).index } as const;
          await device.perform({ type: "inputText", text: `only ${index}`, target }, search);
          return field(await device.screen()).text;
        }),
      );
      expect(seen).toEqual(devices.map((_, index) => `only ${index}`));
    } finally {
      await Promise.all(devices.map((device) => device.close()));
    }
  });

  test("a server that is killed is started again, and its sessions with it", async () => {
    const device = await open(0);
    try {
      await device.screen();
      const [appiumPid] = await appiumProcesses();
      process.kill(appiumPid!, "SIGKILL");
      await gone(appiumPid!);
      expect((await device.screen()).treeSource).toBe("uiautomator2");
      expect(deaths).toBe(1);
    } finally {
      await device.close();
    }
  });

  test("a session whose Appium was killed is closed without leaving anything behind", async () => {
    const device = await open(0);
    const forwards = async () => {
      const { stdout } = await promisify(execFile)(adb, ["-P", String(adbHost().port), "forward", "--list"]);
      return stdout.trim();
    };
    try {
      await device.screen();
      expect(await forwards()).toContain("tcp:6790");
      const [appiumPid] = await appiumProcesses();
      process.kill(appiumPid!, "SIGKILL");
      await gone(appiumPid!);
    } finally {
      await device.close();
    }
    expect(await forwards()).toBe("");
    const adbOnly = await openAdbDevice({ serial: simulation.devices[0]!.serial, adbHost: adbHost() });
    try {
      expect((await adbOnly.screen()).treeSource).toBe("uiautomator");
    } finally {
      await adbOnly.close();
    }
  });

  test("an address without an Appium is the user's to mend", async () => {
    const url = "http://127.0.0.1:9";
    const { serial } = simulation.devices[0]!;
    for (const wrong of [url, "nonsense"]) {
      const opening = openAppiumDevice({ serial, adbHost: adbHost(), appium: { url: wrong } });
      await expect(opening).rejects.toMatchObject({ code: "APPIUM_URL", class: "config" });
    }
  });

  test("an SDK that is not there is the user's to mend", async () => {
    const missing = startAppiumServer({ androidHome: await newFolder() });
    await expect(missing).rejects.toMatchObject({ code: "ANDROID_SDK_MISSING", class: "config" });
  });

  test("nothing of a server outlives the process that started it", async () => {
    const program = join(import.meta.dirname, "../support/appium-run.ts");
    const owner = spawn(process.execPath, ["--import", "tsx", program, androidHome], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [url] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
    const children = await childrenOf(owner.pid!);
    expect(children.length).toBeGreaterThan(0);
    owner.kill("SIGKILL");
    await Promise.all(children.map(gone));
    await expect(fetch(`${url}/status`)).rejects.toThrow("fetch failed");
  });

  /** Appium's processes are children of this one. */
  async function appiumProcesses(): Promise<number[]> {
    for (;;) {
      const children = await childrenOf(process.pid);
      if (children.length > 0) return children;
      await sleep(10);
    }
  }
});

/** Taps what fits, and gives the screen that follows. */
async function tap(device: Device, fits: (element: Element) => boolean): Promise<Screen> {
  const screen = await device.screen();
  const index = screen.elements.findIndex(fits);
  expect(await device.perform({ type: "tap", target: { kind: "element", index } }, screen)).toEqual({
    ok: true,
  });
  return device.screen();
}

function field(screen: Screen): Element {
  const found = screen.elements.find((element) => element.editable);
  if (found === undefined) throw new Error("there is no text field on the screen");
  return found;
}

function texted(screen: Screen, text: string): Element | undefined {
  return screen.elements.find((element) => element.text.startsWith(text));
}
