import { describe, expect, test } from "@jest/globals";
import { observe } from "../../../src/device/adb/observe.ts";
import { dumped, fakeTransport, focusOn, info, png, type Reply } from "./support.ts";

const times = { commandMs: 1000, retryMs: 1 };
const settings = focusOn("com.android.settings/com.android.settings.Settings");
const page = dumped({ package: "com.android.settings", text: "Wi-Fi" });
const picture = { stdout: png(1000, 2000) };
const failure: Reply = { stderr: "ERROR: could not get idle state.\n" };

interface Says {
  focus?: Reply | Reply[];
  dump?: Reply | Reply[];
  picture?: Reply | Reply[];
}

const device = ({
  focus = settings,
  dump = page,
  picture: shot = picture,
}: Says): ReturnType<typeof fakeTransport> =>
  fakeTransport([
    [/dumpsys window/, focus],
    [/uiautomator dump/, dump],
    [/screencap/, shot],
  ]);

const dumps = (commands: string[]): number =>
  commands.filter((command) => command.includes("uiautomator")).length;

describe("a screen", () => {
  test("joins tree, picture and what is in front", async () => {
    const keyboard = `${settings}  mInputShown=true\n`;
    const { transport, commands } = device({ focus: keyboard });
    expect(await observe(transport, info, times)).toMatchObject({
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
    const { transport } = device({ picture: { stdout: png(2000, 1000) } });
    expect(await observe(transport, info, times)).toMatchObject({ width: 2000, height: 1000 });
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
    const { transport, commands } = device({ dump: [fails, fails, page] });
    expect(await observe(transport, info, times)).toMatchObject({ treeSource: "uiautomator" });
    expect(dumps(commands)).toBe(3);
  });

  test("deletes the file of an earlier dump before each dump", async () => {
    const { transport, commands } = device({});
    await observe(transport, info, times);
    expect(commands.find((command) => command.includes("uiautomator"))).toMatch(
      /^rm -f (\S+); uiautomator dump \1 >&2; cat \1$/u,
    );
  });

  test("is a picture alone after three failed dumps", async () => {
    const { transport, commands } = device({ dump: failure });
    expect(await observe(transport, info, times)).toMatchObject({
      treeSource: "none",
      xml: "",
      elements: [],
    });
    expect(dumps(commands)).toBe(3);
  });

  test("is a picture alone where the tree is no XML", async () => {
    const { transport } = device({
      dump: "<?xml version='1.0'?><hierarchy package=\"com.android.settings\"><node",
    });
    expect(await observe(transport, info, times)).toMatchObject({ treeSource: "none" });
  });

  test("is a tree alone where no picture may be taken", async () => {
    const focus = `Window #1 Window{a1 u0 com.bank/.Main}:\n fl=SECURE\n${focusOn("com.bank/.Main")}`;
    const { transport } = device({
      focus,
      dump: dumped({ package: "com.bank", text: "a" }),
      picture: { stderr: "Capturing failed.", exitCode: 1 },
    });
    const screen = await observe(transport, info, times);
    expect(screen).toMatchObject({ secure: true, treeSource: "uiautomator", width: 1000 });
    expect(screen.image).toBeUndefined();
  });

  test("comes from a device without shell_v2, where both streams are one", async () => {
    const said = "UI hierchary dumped to: /data/local/tmp/androidgen-window.xml\n";
    const { transport } = device({ dump: `${said}${typeof page === "string" ? page : String(page.stdout)}` });
    const old = { ...transport, features: [], exec: () => Promise.resolve(png(1000, 2000)) };
    expect(await observe(old, info, times)).toMatchObject({
      elements: [{ text: "Wi-Fi" }],
      image: { mediaType: "image/png" },
    });
  });

  test("is a fault where there is neither", async () => {
    const { transport } = device({ dump: failure, picture: { stdout: png(9, 9).subarray(0, 40) } });
    await expect(observe(transport, info, times)).rejects.toMatchObject({
      code: "SCREEN_UNAVAILABLE",
      class: "infra",
    });
  });
});

describe("tree and picture belong together", () => {
  const clock = focusOn("com.google.android.deskclock/.DeskClock");
  const clockPage = dumped({ package: "com.google.android.deskclock", text: "12:00" });

  test("so both are taken again when another app came to the front in between", async () => {
    const { transport, commands } = device({ focus: [settings, clock], dump: [page, clockPage] });
    expect(await observe(transport, info, times)).toMatchObject({
      package: "com.google.android.deskclock",
      elements: [{ text: "12:00" }],
    });
    expect(dumps(commands)).toBe(2);
  });

  test("so a tree of another app than the one in front is taken again", async () => {
    const { transport, commands } = device({ focus: clock, dump: [page, clockPage] });
    expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "12:00" }] });
    expect(dumps(commands)).toBe(2);
  });

  test("so both are taken again while nothing is in front", async () => {
    const { transport, commands } = device({
      focus: ["mCurrentFocus=null\n", "mCurrentFocus=null\n", settings],
    });
    expect(await observe(transport, info, times)).toMatchObject({ package: "com.android.settings" });
    expect(dumps(commands)).toBe(2);
  });

  test("but not for ever", async () => {
    const { transport, commands } = device({ focus: clock });
    expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(dumps(commands)).toBe(3);
  });
});
