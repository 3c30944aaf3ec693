import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type AddressInfo, connect, createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Action, Target } from "../../src/action/index.ts";
import { consoleCommand, type Device, listAdbDevices, openAdbDevice } from "../../src/device/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
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

describe("what the device is", () => {
  test("is read when it is opened", () => {
    expect(device.info).toMatchObject({
      apiLevel: 33,
      width: 1080,
      height: 2400,
      density: 420,
      emulator: true,
    });
    expect(device.info.serial).toMatch(/^emulator-\d+$/u);
    expect(device.info.features).toContain("shell_v2");
  });

  test("is listed by the adb server", async () => {
    const { serial, model } = device.info;
    const rows = await listAdbDevices(driven.adbHost);
    expect(rows).toEqual([
      expect.objectContaining({ serial, state: "device", model: model.replaceAll(" ", "_") }),
    ]);
  });

  test("is told with what the server has when another is asked for", async () => {
    await expect(openAdbDevice({ serial: "emulator-1", adbHost: driven.adbHost })).rejects.toMatchObject({
      code: "DEVICE_NOT_FOUND",
      class: "config",
      message: expect.stringContaining(`${device.info.serial} (device)`),
    });
  });
});

describe("what the device can do", () => {
  test("is found out when it is opened, and with its first screens", async () => {
    const opened = await openAdbDevice({ serial: device.info.serial, adbHost: driven.adbHost });
    try {
      expect(opened.info.identity).toBe(device.info.identity);
      expect(opened.info.driver).toBe("adb");
      expect(opened.info.capabilities).toMatchObject({
        root: true,
        inputMethod: expect.stringContaining("inputmethod.latin"),
        text: ["keys", "adbKeyboard", "clipboard"],
        snapshots: true,
      });
      await opened.screen();
      expect(opened.info.capabilities.windows).toBe(true);
    } finally {
      await opened.close();
    }
  });

  test("holds its clipboard, which may be read where the helper is in front", async () => {
    await device.shell(["am", "start", "-n", "ca.zgrs.clipper/.Main"]);
    const text = 'it\'s "x"; $(reboot)\n写 😀';
    await device.clipboard!.set(text);
    expect(await device.clipboard!.get()).toBe(text);
  });
});

describe("ports", () => {
  /** A server that answers in capitals, once. */
  async function shouter(): Promise<{ port: number; close(): Promise<void> }> {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.once("data", (data) => socket.end(String(data).toUpperCase()));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      port: (server.address() as AddressInfo).port,
      close: async () => {
        server.close();
        await once(server, "close");
      },
    };
  }

  test("of the host are reached from the device", async () => {
    const host = await shouter();
    const reverse = await device.reverse(7001, host.port);
    expect(reverse.port).toBe(7001);
    expect(await device.shell(["nc", "127.0.0.1", "7001"], { input: "hello" })).toMatchObject({
      stdout: "HELLO",
    });
    await reverse.close();
    expect((await device.shell(["nc", "127.0.0.1", "7001"], { input: "hello" })).exitCode).not.toBe(0);
    await host.close();
  });

  test("of the device are reached from the host, until the device is closed", async () => {
    const own = await openAdbDevice({ serial: device.info.serial, adbHost: driven.adbHost });
    const { port } = await own.forward(7002);
    const reached = connect(port, "127.0.0.1");
    await once(reached, "connect");
    reached.destroy();
    await own.close();
    const refused = connect(port, "127.0.0.1");
    await expect(once(refused, "connect")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("shell", () => {
  test("gives both streams and the exit code", async () => {
    expect(await device.shell(["echo", "hi"])).toEqual({ stdout: "hi\n", stderr: "", exitCode: 0 });
    const missing = await device.shell(["ls", "/no such file"]);
    expect(missing.exitCode).not.toBe(0);
    expect(missing.stderr).toContain("No such file");
    expect(await device.shell(["sh", "-c", "exit 42"])).toMatchObject({ exitCode: 42 });
  });

  test("gives a command its input", async () => {
    const input = "line\nwith $(reboot) and ü\n";
    expect(await device.shell(["cat"], { input })).toMatchObject({ stdout: input, exitCode: 0 });
  });

  test("reads no argument as more than itself", async () => {
    const nasty = fc.constantFrom(
      "'",
      '"',
      "$(reboot)",
      "`reboot`",
      ";",
      "&&",
      "|",
      "\n",
      "\\",
      "$HOME",
      "*",
      ">",
      "#",
      "%s",
      "~",
      "{a,b}",
    );
    const argument = fc
      .array(fc.oneof(nasty, fc.string({ unit: "grapheme" })))
      .map((parts) => parts.join("").replaceAll("\0", ""));
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { minLength: 1, maxLength: 20 }), async (argv) => {
        const { stdout } = await device.shell(["printf", "[%s]\\n", ...argv]);
        expect(stdout).toBe(argv.map((one) => `[${one}]\n`).join(""));
      }),
      { numRuns: 40 },
    );
  });
});

describe("files", () => {
  test("come back unchanged, whatever their size", async () => {
    for (const size of [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000]) {
      const content = randomBytes(size);
      await device.push(content, "/data/local/tmp/file with 'quotes'.bin", { mode: 0o600 });
      const back = await device.pull("/data/local/tmp/file with 'quotes'.bin");
      expect(back.equals(content)).toBe(true);
    }
  });

  test("that are not there are PULL_FAILED", async () => {
    await expect(device.pull("/sdcard/none")).rejects.toMatchObject({ code: "PULL_FAILED", class: "infra" });
  });

  test("tell how far they are", async () => {
    const content = randomBytes(300_000);
    const seen: { bytes: number; total: number }[] = [];
    const onProgress = (progress: { bytes: number; total: number }): void => void seen.push(progress);
    await device.push(content, "/sdcard/big", { onProgress });
    expect(seen.at(-1)).toEqual({ bytes: 300_000, total: 300_000 });
    expect(seen.length).toBeGreaterThan(3);
    seen.length = 0;
    await device.pull("/sdcard/big", { onProgress });
    expect(seen.at(-1)).toEqual({ bytes: 300_000, total: 300_000 });
    expect(seen.every(({ total }) => total === 300_000)).toBe(true);
  });

  test("that are apps are installed, telling how far they are", async () => {
    const nested = createRequire(
      createRequire(import.meta.url).resolve("appium-uiautomator2-driver/package.json"),
    );
    const folder = dirname(nested.resolve("appium-uiautomator2-server/package.json"));
    const { version } = nested("appium-uiautomator2-server/package.json") as { version: string };
    const apk = join(folder, "apks", `appium-uiautomator2-server-v${version}.apk`);
    const { size } = await stat(apk);
    let last = { bytes: 0, total: 0 };
    await device.install(apk, {
      onProgress: (progress) => {
        last = progress;
      },
    });
    expect(last).toEqual({ bytes: size, total: size });
    const installed = ["pm", "path", "io.appium.uiautomator2.server"];
    expect((await device.shell(installed)).stdout).toContain("package:");
    await device.shell(["pm", "uninstall", "io.appium.uiautomator2.server"]);
    // As a split app of one real part and one that is none: nothing of it stays.
    const broken = join(await newFolder(), "split.apk");
    await writeFile(broken, "not an app");
    await expect(device.install([apk, broken])).rejects.toMatchObject({ code: "INSTALL_FAILED" });
    expect((await device.shell(installed)).stdout).toBe("");
  });

  test("that are no apps are not installed, with the device's reason, and leave nothing behind", async () => {
    const apk = join(await newFolder(), "broken.apk");
    await writeFile(apk, "not an app");
    await expect(device.install(apk)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      message: expect.stringContaining("INSTALL_PARSE_FAILED_NOT_APK"),
    });
    expect((await device.shell(["ls", "/data/local/tmp"])).stdout).not.toContain("androidgen-");
    await expect(device.install(`${apk}.missing`)).rejects.toMatchObject({
      code: "APK_UNREADABLE",
      class: "config",
    });
  });
});

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
  afterAll(async () => {
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
