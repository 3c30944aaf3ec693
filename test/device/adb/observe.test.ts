import { describe, expect, test } from "@jest/globals";
import { Observer } from "../../../src/device/adb/observe.ts";
import { dumps, failure, observe, page, picture, screenDevice, settings, times } from "./screen-device.ts";
import { dumped, focusOn, info, png, type Reply } from "./support.ts";

const wide = await png(2000, 1000);
const black = { stdout: await png(1000, 2000, "#000000") };
const restless: Reply = { stderr: "ERROR: could not get idle state.\n" };

describe("a screen", () => {
  test("joins tree, picture and what is in front", async () => {
    const keyboard = `${settings}  mInputShown=true\n`;
    const { transport, commands } = screenDevice({ focus: keyboard });
    expect(await observe(transport)).toMatchObject({
      width: 1000,
      height: 2000,
      rotation: 0,
      package: "com.android.settings",
      activity: ".Settings",
      elements: [{ index: 0, text: "Wi-Fi" }],
      treeSource: "uiautomator",
      secure: false,
      keyboardShown: true,
      image: { mediaType: "image/png" },
    });
    expect(dumps(commands)).toBe(1);
  });

  test("has the picture's size, which turns with the screen", async () => {
    const turned = { stdout: String(page.stdout).replace('rotation="0"', 'rotation="1"') };
    const { transport } = screenDevice({ picture: { stdout: wide }, dump: turned });
    expect(await observe(transport)).toMatchObject({ width: 2000, height: 1000 });
  });

  test.each([
    ["ERROR on standard error", failure],
    ["ERROR on standard output", { stdout: "ERROR: null root node returned by UiTestAutomationBridge.\n" }],
    [
      "nothing",
      { stderr: "cat: /data/local/tmp/androidgen-window.xml: No such file or directory", exitCode: 1 },
    ],
    ["Killed", { stderr: "Killed\n", exitCode: 137 }],
  ])("comes with a tree although the first two dumps say %s", async (_, fails) => {
    const { transport, commands } = screenDevice({ dump: [fails, fails, page] });
    expect(await observe(transport)).toMatchObject({ treeSource: "uiautomator" });
    expect(dumps(commands)).toBe(3);
  });

  test("deletes the file of an earlier dump before each dump", async () => {
    const { transport, commands } = screenDevice({});
    await observe(transport);
    expect(commands.find((command) => command.includes("uiautomator"))).toMatch(
      /^rm -f (\S+); uiautomator dump --windows \1 >&2; cat \1; /u,
    );
  });

  test("is a picture alone after three failed dumps", async () => {
    const { transport, commands } = screenDevice({ dump: failure });
    expect(await observe(transport)).toMatchObject({
      treeSource: "none",
      xml: "",
      elements: [],
    });
    expect(dumps(commands)).toBe(3);
  });

  test("is a picture alone after two dumps that found no rest, which take long", async () => {
    const { transport, commands } = screenDevice({ dump: restless });
    expect(await observe(transport)).toMatchObject({ treeSource: "none" });
    expect(dumps(commands)).toBe(2);
  });

  test("is a picture alone where the tree is no XML", async () => {
    const { transport } = screenDevice({
      dump: "<?xml version='1.0'?><hierarchy package=\"com.android.settings\"><node",
    });
    expect(await observe(transport)).toMatchObject({ treeSource: "none" });
  });

  test("is a tree alone where no picture may be taken", async () => {
    const focus = `Window #1 Window{a1 u0 com.bank/.Main}:\n fl=SECURE\n${focusOn("com.bank/.Main")}`;
    const { transport } = screenDevice({
      focus,
      dump: dumped({ package: "com.bank", text: "a" }),
      picture: { stderr: "Capturing failed.", exitCode: 1 },
    });
    const screen = await observe(transport);
    expect(screen).toMatchObject({ secure: true, treeSource: "uiautomator", width: 1000 });
    expect(screen.image).toBeUndefined();
  });

  test("comes from a device without shell_v2, where both streams are one", async () => {
    const said = "UI hierchary dumped to: /data/local/tmp/androidgen-window.xml\n";
    const { transport } = screenDevice({ dump: `${said}${String(page.stdout)}` });
    const old = { ...transport, features: [] };
    expect(await observe(old)).toMatchObject({
      elements: [{ text: "Wi-Fi" }],
      image: { mediaType: "image/png" },
    });
  });

  test("is a fault where there is neither", async () => {
    const { transport } = screenDevice({
      dump: failure,
      picture: { stdout: picture.stdout.subarray(0, 40) },
    });
    await expect(observe(transport)).rejects.toMatchObject({
      code: "SCREEN_UNAVAILABLE",
      class: "infra",
    });
  });
});

describe("a screen that went dark", () => {
  const lock = focusOn("NotificationShade");

  test.each([
    ["has no tree", { dump: [failure, failure, failure, page], picture: [black, picture] }],
    [
      "shows the lock",
      {
        dump: [dumped({ package: "com.android.systemui", text: "12:00" }), page],
        focus: [lock, lock, settings],
      },
    ],
  ])("and %s is lit, and looked at again", async (_, says) => {
    const { transport, commands } = screenDevice({ ...says, power: "mWakefulness=Dozing" });
    expect(await observe(transport)).toMatchObject({
      package: "com.android.settings",
      elements: [{ text: "Wi-Fi" }],
      image: { mediaType: "image/png" },
    });
    expect(commands.filter((command) => /^(?:input|wm)/u.test(command))).toEqual([
      "input 'keyevent' '224'",
      "wm 'dismiss-keyguard'",
    ]);
  });

  test("is not, where it is lit", async () => {
    const { transport, commands } = screenDevice({ dump: failure });
    expect(await observe(transport)).toMatchObject({ treeSource: "none" });
    expect(commands.some((command) => command.startsWith("input"))).toBe(false);
  });
});

describe("tree and picture belong together", () => {
  const clock = focusOn("com.google.android.deskclock/.DeskClock");
  const clockPage = dumped({ package: "com.google.android.deskclock", text: "12:00" });

  test("so both are taken again when another app came to the front in between", async () => {
    const { transport, commands } = screenDevice({ focus: [settings, clock], dump: [page, clockPage] });
    expect(await observe(transport)).toMatchObject({
      package: "com.google.android.deskclock",
      elements: [{ text: "12:00" }],
    });
    expect(dumps(commands)).toBe(2);
  });

  test("so a tree of another app than the one in front is taken again", async () => {
    const { transport, commands } = screenDevice({ focus: clock, dump: [page, clockPage] });
    expect(await observe(transport)).toMatchObject({ elements: [{ text: "12:00" }] });
    expect(dumps(commands)).toBe(2);
  });

  test("so both are taken again while nothing is in front", async () => {
    const { transport, commands } = screenDevice({
      focus: ["mCurrentFocus=null\n", "mCurrentFocus=null\n", settings],
    });
    expect(await observe(transport)).toMatchObject({ package: "com.android.settings" });
    expect(dumps(commands)).toBe(2);
  });

  test("so both are taken again when the tree is turned otherwise than the picture", async () => {
    const { transport, commands } = screenDevice({ picture: [{ stdout: wide }, picture] });
    expect(await observe(transport)).toMatchObject({ width: 1000, rotation: 0 });
    expect(dumps(commands)).toBe(2);
  });

  test("so a black picture is taken again, and left out where it stays black", async () => {
    const once = screenDevice({ picture: [black, picture] });
    expect(await observe(once.transport)).toMatchObject({ image: { mediaType: "image/png" } });
    const always = screenDevice({ picture: black });
    const screen = await observe(always.transport);
    expect(screen).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(screen.image).toBeUndefined();
    await expect(observe(screenDevice({ picture: black, dump: failure }).transport)).rejects.toMatchObject({
      code: "SCREEN_UNAVAILABLE",
      message: expect.stringContaining("black"),
    });
  });

  test("and of a secure window, black is the picture", async () => {
    const focus = `Window #1 Window{a1 u0 com.bank/.Main}:\n fl=SECURE\n${focusOn("com.bank/.Main")}`;
    const dump = dumped({ package: "com.bank", text: "a" });
    const { transport, commands } = screenDevice({ focus, dump, picture: black });
    expect(await observe(transport)).toMatchObject({
      secure: true,
      image: { mediaType: "image/png" },
    });
    expect(dumps(commands)).toBe(1);
  });

  test("so after an action a tree that is not new beside a picture that is, is taken again", async () => {
    const next = dumped({ package: "com.android.settings", text: "Airplane mode" });
    const changed = { stdout: await png(1000, 2000, "#aabbcc") };
    const { transport, commands } = screenDevice({ dump: [page, page, next], picture: [picture, changed] });
    const observer = new Observer(transport, structuredClone(info), times);
    await observer.screen();
    observer.touched();
    expect(await observer.screen()).toMatchObject({ elements: [{ text: "Airplane mode" }] });
    expect(dumps(commands)).toBe(3);
  });

  test("but not for ever", async () => {
    const { transport, commands } = screenDevice({ focus: clock });
    expect(await observe(transport)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(dumps(commands)).toBe(3);
  });
});
