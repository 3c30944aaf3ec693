import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { remote, type Browser } from "webdriverio";
import { type Simulation, startSimulation } from "../../src/sim/index.ts";
import { startAppium, type AppiumServer } from "../support/appium.ts";
import { newFolder, removeFolders } from "../support/folder.ts";
import { startRealAdbServer, type RealAdbServer } from "../support/real-adb.ts";
import { appiumTest } from "../support/require.ts";

const run = promisify(execFile);
const notes = "net.gsantner.markor";

/** Skips all that a device needs only once. */
const fast = {
  "appium:skipServerInstallation": true,
  "appium:skipDeviceInitialization": true,
  "appium:mockLocationApp": null,
  "appium:skipLogcatCapture": true,
  "appium:skipUnlock": true,
  "appium:noReset": true,
  "appium:autoLaunch": false,
  "appium:ignoreHiddenApiPolicyError": true,
};

appiumTest("a real Appium server and the simulated device", (parts) => {
  let appium: AppiumServer;
  let simulation: Simulation;
  let driver: Browser;

  const adb = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(parts.adb, ["-P", String(simulation.adbServerPort), ...args]);
    return stdout;
  };

  async function open(capabilities: object = {}): Promise<Browser> {
    const { serial } = simulation.devices[0]!;
    const common = {
      platformName: "Android",
      "appium:automationName": "UiAutomator2",
      "appium:udid": serial,
      "appium:adbPort": simulation.adbServerPort,
      "appium:suppressKillServer": true,
      "appium:newCommandTimeout": 0,
    };
    driver = await remote({
      hostname: "127.0.0.1",
      port: appium.port,
      logLevel: "silent",
      connectionRetryCount: 0,
      capabilities: { ...common, ...capabilities },
    });
    return driver;
  }

  beforeAll(async () => {
    const folder = await newFolder();
    simulation = await startSimulation({
      devices: 1,
      seed: 7,
      latency: "none",
      clock: "stepped",
      tokenFile: join(folder, ".emulator_console_auth_token"),
    });
    appium = await startAppium(parts, folder);
  });

  afterAll(async () => {
    await appium?.close();
    await simulation?.close();
    await removeFolders();
  });

  describe("with the capabilities that Appium has by itself", () => {
    test("installs all it needs on a fresh device, and leaves it as it should be", async () => {
      await open({ "appium:appPackage": "com.google.android.deskclock", "appium:noReset": true });
      expect(await driver.getCurrentPackage()).toBe("com.google.android.deskclock");
      expect(await driver.getSystemBars()).toMatchObject({
        statusBar: { visible: true, height: 63 },
        navigationBar: { visible: true, y: 2274, height: 126 },
      });
      const packages = await adb("shell", "cmd package list packages --show-versioncode");
      expect(packages).toMatch(/^package:io\.appium\.settings versionCode:\d+$/mu);
      expect(packages).toMatch(/^package:io\.appium\.uiautomator2\.server versionCode:\d+$/mu);
      expect(await driver.getPageSource()).toMatch(
        /^<\?xml .*\r\n<hierarchy index="0" class="hierarchy" rotation="0" width="1080" height="2274">/u,
      );
      await driver.setClipboard(Buffer.from("héllo 🎉").toString("base64"), "plaintext");
      expect(Buffer.from(await driver.getClipboard(), "base64").toString()).toBe("héllo 🎉");
      await driver.deleteSession();
      expect(await adb("shell", "ps -A")).not.toContain("uiautomator2");
      expect(await adb("forward", "--list")).not.toContain("tcp:6790");
    });
  });

  describe("with the capabilities of an agent, on a device that has the server", () => {
    afterEach(async () => {
      await driver.deleteSession().catch(() => undefined);
    });

    test("shows the screen, touches it, and types what no key types", async () => {
      await open(fast);
      await adb("shell", `am start -W -n ${notes}/.activity.MainActivity`);
      expect(await driver.getWindowRect()).toEqual({ x: 0, y: 0, width: 1080, height: 2400 });
      expect(
        Buffer.from(await driver.takeScreenshot(), "base64")
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
      await driver.$("~Create a new file or folder").click();
      const field = driver.$("android.widget.EditText");
      const text = "a'b\"c $(reboot) %s 你好 مرحبا é 🎉";
      await driver.elementClear(await field.elementId);
      await driver.elementSendKeys(await field.elementId, text);
      expect(await field.getText()).toBe(text);
      expect(await driver.getPageSource()).toContain("你好 مرحبا é &#127881;");
      await field.addValue("!");
      expect(await field.getText()).toBe(`${text}!`);
      await driver.back();
      await driver.back();
      expect(await driver.$$("android.widget.EditText").length).toBe(0);
    });

    test("types through the input method that Appium brings along, and puts the user's back", async () => {
      await open({ ...fast, "appium:skipDeviceInitialization": false });
      const before = await adb("shell", "settings get secure default_input_method");
      await adb("shell", `am start -S -W -n ${notes}/.activity.MainActivity`);
      await driver.$("~Create a new file or folder").click();
      await driver.$("android.widget.EditText").click();
      await driver.$("android.widget.EditText").clearValue();
      await driver.execute("mobile: type", { text: "dö & 🎉" });
      expect(await driver.$("android.widget.EditText").getText()).toBe("dö & 🎉");
      expect(await adb("shell", "settings get secure default_input_method")).toBe(before);
    });

    test("finds elements by every strategy, and says what it does not understand", async () => {
      await open(fast);
      await driver.pressKeyCode(3);
      for (const selector of [
        "~Apps list",
        'android=new UiSelector().description("Apps list")',
        '//*[@content-desc="Apps list"]',
      ])
        expect(await driver.$(selector).isExisting()).toBe(true);
      await expect(driver.findElement("xpath", "//*[")).rejects.toThrow(/invalid selector|XPath/u);
      await expect(driver.findElement("-android uiautomator", "new UiSelector().nope(1)")).rejects.toThrow(
        /nope/u,
      );
      await expect(driver.findElement("id", "nowhere")).resolves.toHaveProperty("error", "no such element");
    });

    test("a script scrolls by every command there is for it, and asks what it finds", async () => {
      await open({ ...fast, "appium:appPackage": "com.android.settings" });
      await adb("shell", "am start -S -W -a android.settings.SETTINGS");
      expect(await driver.$("id=homepage_title").getText()).toBe("Settings");
      expect(await driver.$("#homepage_title").getAttribute("className")).toBe("android.widget.TextView");
      const list = "new UiScrollable(new UiSelector().scrollable(true))";
      const about = driver.$(`android=${list}.scrollIntoView(new UiSelector().text("About phone"))`);
      expect(await about.isDisplayed()).toBe(true);
      const top = { strategy: "-android uiautomator", selector: 'new UiSelector().text("Settings")' };
      await driver.execute("mobile: scroll", top);
      expect(await driver.$("id=homepage_title").isDisplayed()).toBe(true);
      const elementId = await driver.$("//*[@scrollable='true']").elementId;
      const scroll = (direction: string): Promise<unknown> =>
        driver.execute("mobile: scrollGesture", { elementId, direction, percent: 0.25 });
      expect(await scroll("up")).toBe(false);
      expect(await scroll("down")).toBe(true);
      const slow = { elementId, direction: "down", speed: 1 };
      await expect(driver.execute("mobile: flingGesture", slow)).rejects.toThrow(/minimum fling velocity/u);
      expect(await driver.getContexts()).toEqual(["NATIVE_APP"]);
      await driver.setOrientation("LANDSCAPE");
      expect(await driver.getPageSource()).toContain('rotation="3"');
      await driver.setOrientation("PORTRAIT");
    });

    test("W3C actions tap, press long and swipe; their pauses are the device's time", async () => {
      await open(fast);
      await driver.pressKeyCode(3);
      const before = Number(await adb("shell", "date +%s"));
      await driver
        .action("pointer", { parameters: { pointerType: "touch" } })
        .move({ x: 540, y: 1800 })
        .down()
        .pause(20)
        .move({ x: 540, y: 600, duration: 300 })
        .up()
        .pause(60_000)
        .perform();
      const after = Number(await adb("shell", "date +%s"));
      expect(after - before).toBeGreaterThanOrEqual(60);
      expect(await driver.$("android.widget.EditText").isExisting()).toBe(true);
    });

    test("shows all windows, and keeps settings for its session only", async () => {
      await open(fast);
      expect(await driver.getPageSource()).not.toContain("com.android.systemui");
      await driver.updateSettings({ enableMultiWindows: true });
      expect(await driver.getPageSource()).toContain('package="com.android.systemui"');
      expect(await driver.getSettings()).toMatchObject({ enableMultiWindows: true });
      await driver.deleteSession();
      await open(fast);
      expect(await driver.getSettings()).toMatchObject({ enableMultiWindows: false });
    });

    test("keeps uiautomator from the shell out as long as the server runs", async () => {
      await open(fast);
      await expect(adb("shell", "uiautomator dump")).rejects.toMatchObject({ code: 137 });
      await driver.deleteSession();
      expect(await adb("shell", "uiautomator dump")).toContain("dumped to");
      await open(fast);
    });

    test("an instrumentation that is killed fails what comes next, and a new session works", async () => {
      await open(fast);
      expect(await driver.getPageSource()).toContain("<hierarchy");
      await adb("shell", "am force-stop io.appium.uiautomator2.server");
      await expect(driver.getPageSource()).rejects.toThrow(
        /instrumentation process is not running|socket hang up/u,
      );
      await driver.deleteSession().catch(() => undefined);
      await open(fast);
      expect(await driver.getPageSource()).toContain("<hierarchy");
    });
  });

  describe("over a real adb server", () => {
    let real: RealAdbServer;
    let serial: string;

    beforeAll(async () => {
      real = await startRealAdbServer(parts.adb, await newFolder());
      serial = `127.0.0.1:${simulation.devices[0]!.adbPort}`;
      await real.adb("connect", serial);
      await real.adb("-s", serial, "wait-for-device");
    });
    afterAll(() => real?.close());

    test("a session opens on a device that is known by its address", async () => {
      await open({ "appium:udid": serial, "appium:adbPort": real.port });
      expect(await driver.getPageSource()).toContain("<hierarchy");
      await driver.pushFile("/sdcard/Download/x.txt", Buffer.from("hi").toString("base64"));
      expect(Buffer.from(await driver.pullFile("/sdcard/Download/x.txt"), "base64").toString()).toBe("hi");
      expect((await driver.getLogs("logcat")).length).toBeGreaterThan(0);
      await driver.deleteSession();
    });

    test.each(["the real server", "the simulation's own server"])(
      "ports of the phone lead to the host: %s",
      async (which) => {
        const client =
          which === "the real server" ? (...args: string[]) => real.adb("-s", serial, ...args) : adb;
        const host = createServer((socket) =>
          socket.once("data", (data) => socket.end(`host got ${data.toString()}`)),
        );
        await once(host.listen(0, "127.0.0.1"), "listening");
        const { port } = host.address() as { port: number };
        await client("reverse", "tcp:5000", `tcp:${port}`);
        expect(await client("reverse", "--list")).toContain(`tcp:5000 tcp:${port}`);
        expect(await client("shell", "echo hello | nc 127.0.0.1 5000")).toBe("host got hello\n");
        await client("reverse", "--remove", "tcp:5000");
        await expect(client("shell", "echo hello | nc 127.0.0.1 5000")).rejects.toThrow(
          /Connection refused/u,
        );
        expect((await client("reverse", "--list")).trim()).toBe("");
        host.close();
      },
    );
  });
});
