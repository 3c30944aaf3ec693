import { describe, expect, test } from "@jest/globals";
import { Observer } from "../../../src/device/adb/observe.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import { asReply, dumps, failure, observe, page, screenDevice, times } from "./screen-device.ts";
import { dumped, focusOn, info, type Reply } from "./support.ts";

test("a UI tree that another program holds is a fault that names the mend", async () => {
  const stderr =
    "java.lang.IllegalStateException: UiAutomationService android.accessibilityservice.X@1 already registered!";
  const { transport } = screenDevice({ dump: { stderr, exitCode: 1 } });
  await expect(observe(transport)).rejects.toMatchObject({
    code: "UIAUTOMATION_TAKEN",
    class: "infra",
    message: expect.stringContaining("force-stop io.appium.uiautomator2.server"),
  });
});

describe("a dump that was killed", () => {
  const killed = (pid: Reply): AdbTransport => {
    const { transport } = screenDevice({ dump: { stderr: "Killed \n", exitCode: 137 }, pid });
    return transport;
  };

  test("is Appium's doing where its server runs", async () => {
    await expect(observe(killed("4242\n"))).rejects.toMatchObject({
      code: "UIAUTOMATION_TAKEN",
    });
  });

  test("leaves the picture where it does not", async () => {
    expect(await observe(killed({ exitCode: 1 }))).toMatchObject({ treeSource: "none" });
  });
});

test("a tree that is whole counts, whatever the device complains of", async () => {
  const stderr =
    "java.io.FileNotFoundException: /data/system/theme_config/theme_compatibility.xml: open failed: ENOENT\n";
  const { transport, commands } = screenDevice({ dump: { ...page, stderr } });
  expect(await observe(transport)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
  expect(dumps(commands)).toBe(1);
});

test("a tree of nothing is whole", async () => {
  const nothing = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0" />`;
  const { transport, commands } = screenDevice({ dump: { stdout: nothing }, focus: focusOn("") });
  expect(await observe(transport)).toMatchObject({ treeSource: "uiautomator", elements: [] });
  expect(dumps(commands)).toBe(3);
});

describe("a list of windows that comes too late", () => {
  const head = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>`;
  const claim = "UI hierchary dumped to: /data/local/tmp/androidgen-window.xml\n";
  const listOf = (packageName: string, active: boolean): Reply => ({
    stdout: `${head}<displays><display id="0"><window index="0" title="" active="${active}" id="3" layer="0" type="TYPE_SYSTEM">${String(
      asReply(dumped({ package: packageName, text: "12:00", bounds: [0, 0, 1000, 60] })).stdout,
    ).slice(head.length)}</window></display></displays>`,
    stderr: claim,
  });
  const asked = (commands: string[]): boolean[] =>
    commands
      .filter((command) => command.includes("uiautomator"))
      .map((command) => / --windows /u.test(command));

  test.each([
    ["no file", { stderr: `cat: no such file\n${claim}` }],
    ["no window", { stdout: `${head}<displays />`, stderr: claim }],
    ["only a bar", listOf("com.android.systemui", false)],
  ])("leaves %s: the active window alone is read then", async (_, late) => {
    const { transport, commands } = screenDevice({ dump: [late, page] });
    expect(await observe(transport)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(asked(commands)).toEqual([true, false]);
  });

  test("is asked for again with the next screen, but not on a device that never has one", async () => {
    const empty: Reply = { stderr: claim };
    const { transport, commands } = screenDevice({ dump: [empty, page, empty, page, page] });
    const observer = new Observer(transport, structuredClone(info), times);
    for (let screens = 0; screens < 4; screens++) await observer.screen();
    expect(asked(commands)).toEqual([true, false, true, false, false, false]);
  });

  test("is asked for on, where it came in between", async () => {
    const empty: Reply = { stderr: claim };
    const inTime = listOf("com.android.settings", true);
    const { transport, commands } = screenDevice({ dump: [empty, page, inTime, empty, page, inTime] });
    const observer = new Observer(transport, structuredClone(info), times);
    for (let screens = 0; screens < 4; screens++) await observer.screen();
    expect(asked(commands)).toEqual([true, false, true, true, false, true]);
  });

  test("is taken as it is where the active window cannot be read either", async () => {
    const bar = listOf("com.android.systemui", false);
    const { transport } = screenDevice({
      dump: [bar, failure, failure],
      focus: focusOn("com.android.systemui/.X"),
    });
    expect(await observe(transport)).toMatchObject({ treeSource: "uiautomator" });
  });
});

test("a tree that was cut off is read again", async () => {
  const cut = String(page.stdout).trim().slice(0, -3);
  const { transport, commands } = screenDevice({ dump: [{ stdout: cut }, page] });
  expect(await observe(transport)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
  expect(dumps(commands)).toBe(2);
});
