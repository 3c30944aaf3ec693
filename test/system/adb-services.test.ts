import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Device, listAdbDevices, openAdbDevice } from "../../src/device/index.ts";
import { driverApks } from "../support/appium.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

/** What the adb driver does besides screens and touches. */
let driven: DrivenDevice;
let device: Device;

beforeAll(async () => {
  driven = await driveSimulatedDevice();
  device = driven.device;
});

afterAll(async () => {
  await driven.close();
  await removeFolders();
});

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

  test("is found out anew when a snapshot was loaded, for it may lack an app", async () => {
    const opened = await openAdbDevice({ serial: device.info.serial, adbHost: driven.adbHost });
    const { snapshots, info } = opened;
    const { windows } = (await opened.screen(), info.capabilities);
    try {
      await snapshots!.save("whole");
      await opened.shell(["pm", "uninstall", "com.android.adbkeyboard"]);
      await opened.shell(["wm", "density", "360"]);
      await snapshots!.save("bare");
      await snapshots!.load("whole");
      expect(info).toMatchObject({ density: 420, capabilities: { windows, snapshots: true } });
      expect(info.capabilities.text).toEqual(["keys", "adbKeyboard", "clipboard"]);
      await snapshots!.load("bare");
      expect(info).toMatchObject({ density: 360, capabilities: { windows, snapshots: true } });
      expect(info.capabilities.text).toEqual(["keys", "clipboard"]);
    } finally {
      await snapshots!.load("whole");
      await opened.close();
    }
  });

  test("is not asked for before Android has started", async () => {
    await device.shell(["setprop", "sys.boot_completed", ""]);
    try {
      const opening = openAdbDevice({ serial: device.info.serial, adbHost: driven.adbHost });
      await expect(opening).rejects.toMatchObject({
        code: "DEVICE_STARTING",
        class: "infra",
        message: expect.stringContaining("still starting"),
      });
    } finally {
      await device.shell(["setprop", "sys.boot_completed", "1"]);
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

  test("of the device that lead somewhere already are not led elsewhere", async () => {
    const host = await shouter();
    const reverse = await device.reverse(7003, host.port);
    const other = await openAdbDevice({ serial: device.info.serial, adbHost: driven.adbHost });
    await expect(other.reverse(7003, 9)).rejects.toMatchObject({
      code: "PORT_TAKEN",
      class: "infra",
      message: expect.stringContaining("reverse --remove tcp:7003"),
    });
    await other.close();
    expect(await device.shell(["nc", "127.0.0.1", "7003"], { input: "hello" })).toMatchObject({
      stdout: "HELLO",
    });
    await reverse.close();
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
    const apk = driverApks().server;
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
    expect((await device.shell(["ls", "/data/local/tmp"])).stdout).not.toContain(".apk");
    await expect(device.install(`${apk}.missing`)).rejects.toMatchObject({
      code: "APK_UNREADABLE",
      class: "config",
    });
  });
});
