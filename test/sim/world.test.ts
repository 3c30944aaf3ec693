import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../src/sim/device.ts";
import { apps } from "../../src/sim/apps/index.ts";
import { createWindows } from "../../src/sim/ui/index.ts";
import { fakeDevice, sh } from "./harness.ts";

let device: SimulatedDevice;

beforeEach(() => {
  device = fakeDevice({ apps, createWindows });
});
afterEach(() => device.close());

const run = async (command: string): Promise<string> => (await sh(device, command)).out;

describe("the clipper app", () => {
  test("sets the clipboard from anywhere, and reads it while it is in front", async () => {
    const text = "é 😀 مرحبا $(reboot)";
    const get = "am broadcast -a clipper.get";
    expect(await run(`am broadcast -a clipper.set -e text '${text}'`)).toContain("result=-1");
    expect(device.phone.clipboard.get()).toBe(text);
    expect(await run(get)).toContain('Broadcast completed: result=0, data=""');
    expect(await run("logcat -d")).toContain("Denying clipboard access to ca.zgrs.clipper");
    await run("am start -n ca.zgrs.clipper/.Main");
    expect(await run(get)).toContain(`Broadcast completed: result=-1, data="${text}"`);
    expect(await run("am broadcast -a clipper.set")).toContain("result=0");
  });

  test("has no icon, and answers nothing when it is gone", async () => {
    expect(await run("cmd package query-activities -c android.intent.category.LAUNCHER")).not.toContain(
      "clipper",
    );
    await run("pm uninstall ca.zgrs.clipper");
    expect(await run("am broadcast -a clipper.set -e text x")).toContain("result=0");
  });
});

describe("ADBKeyboard", () => {
  const id = "com.android.adbkeyboard/.AdbIME";

  test("edits by broadcasts, while it is in use", async () => {
    await run(`ime enable ${id}; ime set ${id}`);
    await run("am start -a android.settings.SETTINGS");
    const bar = /text="Search settings"[^>]*bounds="\[(\d+),(\d+)\]/.exec(device.phone.windows.dump())!;
    await run(`input tap ${Number(bar[1]) + 5} ${Number(bar[2]) + 5}`);
    const field = (): string | undefined =>
      /text="([^"]*)"[^>]*class="android.widget.EditText"/.exec(device.phone.windows.dump())?.[1];
    const send = `am broadcast -a ADB_INPUT_B64 --es msg ${Buffer.from("日本 é").toString("base64")}`;
    const receivers = "dumpsys activity broadcasts com.android.adbkeyboard";
    await run(send);
    expect(field()).toBe("Search settings");
    expect(await run(receivers)).not.toContain("ADB_INPUT_B64");
    // Beside a hardware keyboard it has no view, and listens to nothing, until it is told to show one.
    await run("settings put secure show_ime_with_hard_keyboard 1");
    expect(await run(receivers)).toContain('Action: "ADB_INPUT_B64"');
    await run(`${send} -p com.example.other`);
    expect(field()).toBe("Search settings");
    await run(`${send} -p com.android.adbkeyboard`);
    expect(field()).toBe("日本 é");
    await run("am broadcast -a ADB_INPUT_TEXT --es mcode '4096,29' --es msg x");
    await run("am broadcast -a ADB_INPUT_CODE --ei code 67");
    expect(field()).toBe("Search settings");
    await run("am broadcast -a ADB_INPUT_CHARS --eia chars 128568,97");
    await run("am broadcast -a ADB_CLEAR_TEXT");
    expect(field()).toBe("Search settings");
  });

  test("can be removed: then another one is in use, and it cannot be chosen", async () => {
    await run(`ime enable ${id}; ime set ${id}; pm uninstall com.android.adbkeyboard`);
    expect(await run("ime list -a -s")).not.toContain("adbkeyboard");
    expect(await run("settings get secure default_input_method")).toContain(
      "com.google.android.inputmethod.latin",
    );
    expect(await run("settings get secure enabled_input_methods")).not.toContain("adbkeyboard");
    expect((await sh(device, `ime enable ${id}`)).code).not.toBe(0);
  });
});

test("a screen that never stands still cannot be dumped: ten seconds, an error, no file, exit code 0", async () => {
  const preferences =
    "/data/user_de/0/com.google.android.deskclock/shared_prefs/com.google.android.deskclock_preferences.xml";
  await run("am start -n com.google.android.deskclock/com.android.deskclock.DeskClock");
  const tap = async (desc: string): Promise<void> => {
    const [, left, top] = new RegExp(`content-desc="${desc}"[^>]*bounds="\\[(\\d+),(\\d+)`).exec(
      device.phone.windows.dump(),
    )!;
    await run(`input tap ${Number(left) + 20} ${Number(top) + 20}`);
  };
  await tap("Stopwatch");
  await tap("Start");
  expect(device.phone.files.readText(preferences)).toContain('name="sw_state" value="1"');
  const before = device.phone.clock.now();
  expect(await sh(device, "uiautomator dump /sdcard/none.xml")).toMatchObject({
    out: "",
    err: "ERROR: could not get idle state.\n",
    code: 0,
  });
  expect(device.phone.clock.now() - before).toBeGreaterThanOrEqual(10_000);
  expect(device.phone.files.exists("/sdcard/none.xml")).toBe(false);
  // What reads the tree without waiting still gets it.
  expect(JSON.stringify(device.phone.windows.accessibilityWindows())).toContain("stopwatch_time_text");
  await run("input keyevent HOME");
  expect(await run("uiautomator dump /sdcard/none.xml")).toContain("UI hierchary dumped to");
});

test("the screen where a PIN is typed is secure: a tree, and no picture", async () => {
  await run("am start -n com.android.settings/.password.ChooseLockPassword");
  expect(new Set(device.phone.windows.pixels())).toEqual(new Set([0, 255]));
  expect(await run("uiautomator dump /dev/tty")).toContain('text="Set a PIN"');
  expect(await run("dumpsys window windows")).toMatch(/fl=LAYOUT_IN_SCREEN SECURE /);
  await run("input text 12ab34");
  expect(device.phone.windows.dump()).toMatch(/text="••••"[^>]*password="true"/);
});

test("wm turns the screen, and everything that tells of it follows", async () => {
  await run("wm user-rotation lock 1");
  expect(await run("wm user-rotation")).toBe("lock 1\n");
  expect(await run("uiautomator dump /dev/tty")).toContain('<hierarchy rotation="1">');
  expect(await run("dumpsys window displays")).toMatch(/cur=2400x1080 .*\n\s+mCurrentRotation=ROTATION_90/);
  expect(await run("dumpsys input")).toContain("orientation=1");
  expect(await run("wm size")).toBe("Physical size: 1080x2400\n");
  const { bytes } = await sh(device, "screencap");
  expect([bytes.readUInt32LE(0), bytes.readUInt32LE(4)]).toEqual([2400, 1080]);
  expect((await sh(device, "wm user-rotation lock 4")).code).toBe(255);
  await run("settings put system user_rotation 0");
  expect(await run("uiautomator dump /dev/tty")).toContain('<hierarchy rotation="0">');
});
