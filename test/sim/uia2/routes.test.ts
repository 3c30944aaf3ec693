import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { sh } from "../harness.ts";
import { openFileDialog, phoneWithServer, startServer, type Running } from "./support.ts";

let device: SimulatedDevice;
let server: Running;
beforeAll(async () => {
  device = await phoneWithServer();
  server = await startServer(device);
  await server.open();
});
afterAll(async () => {
  server.hangUp();
  await server.ended;
  device.close();
});
beforeEach(() => device.phone.windows.key(3));

test("what it has no route for is an unknown command", async () => {
  for (const [method, path] of [
    ["GET", "/nope"],
    ["PUT", "/status"],
    ["GET", "/session/x/nope"],
  ] as const)
    expect(await server.call(method, path)).toMatchObject({
      status: 404,
      value: { error: "unknown command" },
    });
  expect(await server.call("GET", "/session/other/source")).toMatchObject({
    status: 404,
    sessionId: "other",
    value: { error: "invalid session id", message: "The session identified by other is not known" },
  });
});

test("a body of more than 64 KiB is refused without a word, as Netty does", async () => {
  const field = await openFileDialog(server);
  const write = (text: string): Promise<unknown> =>
    server.in("POST", `/element/${field}/value`, { text, replace: true });
  expect(await write("x".repeat(65_000))).toMatchObject({ status: 200 });
  expect(await write("x".repeat(65_600))).toEqual({ status: 413 });
});

describe("the source", () => {
  test("is XML as Android writes it, with the attributes in their order", async () => {
    const xml = await server.source();
    expect(xml).toMatch(
      /^<\?xml version='1\.0' encoding='UTF-8' standalone='yes' \?>\r\n<hierarchy index="0" class="hierarchy" rotation="0" width="1080" height="2274">\r\n {2}<android\.widget\.FrameLayout index="0" package="/u,
    );
    const [, first = ""] = /<android\.widget\.FrameLayout ([^>]*)>/u.exec(xml) ?? [];
    expect([...first.matchAll(/([\w-]+)="/gu)].map(([, name]) => name)).toEqual([
      "index",
      "package",
      "class",
      "text",
      "checkable",
      "checked",
      "clickable",
      "enabled",
      "focusable",
      "focused",
      "long-clickable",
      "password",
      "scrollable",
      "selected",
      "bounds",
      "displayed",
      "a11y-important",
      "screen-reader-focusable",
      "drawing-order",
      "showing-hint",
      "text-entry-key",
      "dismissable",
      "a11y-focused",
      "heading",
      "live-region",
      "context-clickable",
      "content-invalid",
      "window-id",
    ]);
  });

  test("shows one window or all of them, the topmost first", async () => {
    expect(await server.source()).not.toContain("com.android.systemui");
    await server.in("POST", "/appium/settings", { settings: { enableMultiWindows: true } });
    const xml = await server.source();
    expect(xml.indexOf("com.android.systemui")).toBeLessThan(xml.indexOf("nexuslauncher"));
    await server.in("POST", "/appium/settings", { settings: { enableMultiWindows: false } });
  });

  test("has toasts at its end, as long as the server remembers them", async () => {
    const { windows, clock } = device.phone;
    windows.toast("Saved");
    const line =
      '<android.widget.Toast index="1" package="com.android.settings" class="android.widget.Toast" text="Saved" displayed="true" />';
    expect(await server.source()).toContain(`  ${line}\r\n</hierarchy>`);
    const toast = await server.idOf("xpath", "//android.widget.Toast");
    expect((await server.in("GET", `/element/${toast}/text`)).value).toBe("Saved");
    await server.in("POST", "/appium/settings", { settings: { enableNotificationListener: false } });
    expect(await server.source()).not.toContain("Toast");
    await server.in("POST", "/appium/settings", { settings: { enableNotificationListener: true } });
    clock.advance(3500);
    expect(await server.source()).not.toContain("Toast");
  });

  test("turns with the screen", async () => {
    await server.in("POST", "/orientation", { orientation: "LANDSCAPE" });
    expect(await server.source()).toContain('rotation="3" width="2274" height="1080"');
    expect((await server.in("GET", "/window/current/size")).value).toEqual({ width: 2400, height: 1080 });
    await server.in("POST", "/orientation", { orientation: "PORTRAIT" });
    expect((await server.in("GET", "/orientation")).value).toBe("PORTRAIT");
  });

  test("of the screen before is what the fault stale-tree gives", async () => {
    const before = await server.source();
    await sh(device, "am start -n com.google.android.deskclock/com.android.deskclock.DeskClock");
    device.faults.set("stale-tree", { times: 1 });
    expect(await server.source()).toBe(before);
    expect(await server.source()).toContain("deskclock");
  });
});

describe("text", () => {
  test.each(["plain", "a'b\"c $(reboot) %s & <x>", "你好 مرحبا é 🎉", "x".repeat(2000)])(
    "any text is set and read back: %p",
    async (text) => {
      const field = await openFileDialog(server);
      expect((await server.in("POST", `/element/${field}/value`, { text, replace: true })).status).toBe(200);
      expect((await server.in("GET", `/element/${field}/text`)).value).toBe(text);
    },
  );

  test("is added to what is there, also behind the keyboard's cursor", async () => {
    const field = await openFileDialog(server);
    await server.in("POST", `/element/${field}/clear`);
    await server.in("POST", "/keys", { text: "ab" });
    await server.in("POST", `/element/${field}/value`, { text: "c" });
    await sh(device, "input text d");
    expect((await server.in("GET", `/element/${field}/text`)).value).toBe("abcd");
  });

  test("tells what of it is selected", async () => {
    const field = await openFileDialog(server);
    await server.in("POST", `/element/${field}/value`, { text: "name", replace: true });
    const selection = async (): Promise<unknown[]> => {
      const ask = async (end: string) =>
        (await server.in("GET", `/element/${field}/attribute/selection-${end}`)).value as unknown;
      return [await ask("start"), await ask("end")];
    };
    expect(await selection()).toEqual([null, null]);
    // Ctrl-A: META_CTRL_ON and KEYCODE_A.
    await server.in("POST", "/appium/device/press_keycode", { keycode: 29, metastate: 0x1000 });
    expect(await selection()).toEqual(["0", "4"]);
    expect(await server.source()).toContain('selection-start="0" selection-end="4" selected="false"');
  });

  test("goes into no view that takes none, and into none that is gone", async () => {
    const button = await server.idOf("accessibility id", "Apps list");
    expect(await server.in("POST", `/element/${button}/value`, { text: "a" })).toMatchObject({
      status: 400,
      value: { error: "invalid element state" },
    });
    const field = await openFileDialog(server);
    device.phone.windows.key(3);
    expect(await server.in("POST", `/element/${field}/value`, { text: "a" })).toMatchObject({
      status: 404,
      value: { error: "stale element reference" },
    });
    expect(await server.in("GET", "/element/unknown/text")).toMatchObject({
      value: { error: "no such element" },
    });
  });
});

test("gestures scroll to the end and say when they are there", async () => {
  await sh(device, "am start -S -W -n com.android.settings/.Settings");
  const area = { left: 100, top: 1500, width: 800, height: 300 };
  const scroll = async (direction: string): Promise<unknown> =>
    (await server.in("POST", "/appium/gestures/scroll", { area, direction, percent: 1 })).value;
  expect(await scroll("up")).toBe(false);
  expect(await scroll("down")).toBe(true);
  for (let more = 0; more < 20 && (await scroll("down")) === true; more++);
  const end = await server.source();
  expect(end).toContain('text="About phone"');
  expect(await scroll("down")).toBe(false);
  expect(await server.source()).toBe(end);
  expect(
    await server.in("POST", "/appium/gestures/fling", { area, direction: "up", speed: 100 }),
  ).toMatchObject({
    status: 400,
    value: { message: "Speed 100 is less than the minimum fling velocity 131" },
  });
  expect(await scroll("sideways")).toMatchObject({ error: "invalid argument" });
});

test("tells of the device", async () => {
  const get = async (path: string): Promise<unknown> => (await server.in("GET", path)).value;
  expect(await get("/appium/device/pixel_ratio")).toBe(2.625);
  expect(await get("/appium/device/system_bars")).toEqual({ statusBar: 63 });
  expect(await get("/appium/device/info")).toMatchObject({ apiVersion: "33", realDisplaySize: "1080x2400" });
  expect(await get("/alert/text")).toMatchObject({ error: "no such alert" });
  expect(await get("/appium/device/apps")).toContainEqual({
    packageName: "com.google.android.deskclock",
    packageActivity: "com.android.deskclock.DeskClock",
    appName: "Clock",
  });
});

test("opens the notification shade, whose window is then the active one", async () => {
  expect(await server.in("POST", "/appium/device/open_notifications")).toMatchObject({ status: 200 });
  const { value: source } = await server.in("GET", "/source");
  expect(source).toMatch(
    /^<\?xml[^>]*>\s*<hierarchy[^>]*>\s*<android\.widget\.FrameLayout[^>]*:id\/legacy_window_root/u,
  );
  expect(source).toContain('text="No notifications"');
  const { value: windows } = await server.in("POST", "/appium/list_windows", {});
  expect(windows).toMatchObject([
    { title: "Navigation bar", isActive: false },
    { title: null, packageName: "com.android.systemui", type: 3, isActive: true, isFocused: true },
  ]);
  await server.in("POST", "/back");
  expect(device.phone.windows.systemFocus).toBeUndefined();
});

test("a dialog is an alert, which is read, and answered by its buttons", async () => {
  await sh(device, "am start -S -W -a android.settings.DISPLAY_SETTINGS");
  const row = await server.idOf("-android uiautomator", 'new UiSelector().text("Screen timeout")');
  await server.in("POST", `/element/${row}/click`);
  expect((await server.in("GET", "/alert/text")).value).toContain("Screen timeout");
  expect(await server.in("POST", "/alert/accept", { buttonLabel: "Nope" })).toMatchObject({
    status: 400,
    value: { error: "invalid element state" },
  });
  expect((await server.in("POST", "/alert/dismiss")).status).toBe(200);
  expect(await server.in("GET", "/alert/text")).toMatchObject({
    status: 404,
    value: { error: "no such alert" },
  });
});

describe("the screen", () => {
  test("that never rests is waited for as long as the settings say", async () => {
    device.faults.set("never-idle");
    const took = async (): Promise<number> => {
      const before = device.phone.clock.now();
      await server.source();
      return device.phone.clock.now() - before;
    };
    expect(await took()).toBeGreaterThan(10_000);
    await server.in("POST", "/appium/settings", { settings: { waitForIdleTimeout: 0 } });
    expect(await took()).toBeLessThan(1000);
    device.faults.clear();
  });

  test("that is off has no window in front", async () => {
    device.phone.windows.key(26);
    expect(await server.in("GET", "/source")).toMatchObject({
      status: 500,
      value: {
        error: "unknown error",
        message: expect.stringContaining("waiting for the root AccessibilityNodeInfo"),
      },
    });
    device.phone.windows.key(224);
    expect(await server.source()).toContain("<hierarchy");
  });

  test("can be made slow to read, so many times", async () => {
    device.faults.set("slow-source", { ms: 20, times: 1 });
    expect(await server.source()).toContain("<hierarchy");
    expect(device.faults.list()).toEqual([]);
  });
});
