import { describe, expect, test } from "@jest/globals";
import { setTimeout as delay } from "node:timers/promises";
import { Observer } from "../../../src/device/adb/observe.ts";
import { PictureTaker } from "../../../src/device/adb/picture.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import { dumped, fakeTransport, focusOn, info, png, type Reply } from "./support.ts";

const times = { commandMs: 1000, retryMs: 1 };
const settings = focusOn("com.android.settings/com.android.settings.Settings");
const page = asReply(dumped({ package: "com.android.settings", text: "Wi-Fi" }));
const tall = await png(1000, 2000);
const wide = await png(2000, 1000);
const picture = { stdout: tall };
const black = { stdout: await png(1000, 2000, "#000000") };
const failure: Reply = { stderr: "ERROR: null root node returned by UiTestAutomationBridge.\n" };
const restless: Reply = { stderr: "ERROR: could not get idle state.\n" };

const onePanel =
  'Display 4619827259835644672 (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n';

interface Says {
  focus?: Reply | Reply[];
  dump?: Reply | Reply[];
  picture?: Reply | Reply[];
  pid?: Reply;
  power?: string;
}

/** What is in front is told at the end of each dump, and beside each picture that is taken after it. */
const device = ({
  focus = settings,
  dump = page,
  picture: shot = picture,
  pid = "",
  power = "mWakefulness=Awake",
}: Says): ReturnType<typeof fakeTransport> => {
  const focuses = inTurn(focus);
  const trees = inTurn(dump);
  return fakeTransport([
    [
      /uiautomator dump/,
      (command: string) => {
        const mark = /echo '(.*?)'/u.exec(command)![1]!;
        const { stdout = "", ...rest } = asReply(trees());
        return { ...rest, stdout: `${String(stdout)}\n${mark}\n${String(asReply(focuses()).stdout)}` };
      },
    ],
    [/dumpsys window/, () => focuses()],
    [/SurfaceFlinger/, onePanel],
    [/screencap/, shot],
    [/pidof/, pid],
    [/^dumpsys 'power'/, `  ${power}\n  mWakefulnessChanging=false\n`],
    [/^input|^wm/, ""],
  ]);
};

function asReply(reply: Reply): Exclude<Reply, string> {
  return typeof reply === "string" ? { stdout: reply } : reply;
}

function inTurn(replies: Reply | Reply[]): () => Reply {
  const list = Array.isArray(replies) ? replies : [replies];
  let at = 0;
  return () => list[Math.min(at++, list.length - 1)]!;
}

const observe = (transport: AdbTransport, about: typeof info, bounds: typeof times) =>
  new Observer(transport, structuredClone(about), bounds).screen();

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
    const turned = { stdout: String(page.stdout).replace('rotation="0"', 'rotation="1"') };
    const { transport } = device({ picture: { stdout: wide }, dump: turned });
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
      /^rm -f (\S+); uiautomator dump --windows \1 >&2; cat \1; /u,
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

  test("is a picture alone after two dumps that found no rest, which take long", async () => {
    const { transport, commands } = device({ dump: restless });
    expect(await observe(transport, info, times)).toMatchObject({ treeSource: "none" });
    expect(dumps(commands)).toBe(2);
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
    const { transport } = device({ dump: `${said}${String(page.stdout)}` });
    const old = { ...transport, features: [] };
    expect(await observe(old, info, times)).toMatchObject({
      elements: [{ text: "Wi-Fi" }],
      image: { mediaType: "image/png" },
    });
  });

  test("is a fault where there is neither", async () => {
    const { transport } = device({ dump: failure, picture: { stdout: tall.subarray(0, 40) } });
    await expect(observe(transport, info, times)).rejects.toMatchObject({
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
    const { transport, commands } = device({ ...says, power: "mWakefulness=Dozing" });
    expect(await observe(transport, info, times)).toMatchObject({
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
    const { transport, commands } = device({ dump: failure });
    expect(await observe(transport, info, times)).toMatchObject({ treeSource: "none" });
    expect(commands.some((command) => command.startsWith("input"))).toBe(false);
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

  test("so both are taken again when the tree is turned otherwise than the picture", async () => {
    const { transport, commands } = device({ picture: [{ stdout: wide }, picture] });
    expect(await observe(transport, info, times)).toMatchObject({ width: 1000, rotation: 0 });
    expect(dumps(commands)).toBe(2);
  });

  test("so a black picture is taken again, and left out where it stays black", async () => {
    const once = device({ picture: [black, picture] });
    expect(await observe(once.transport, info, times)).toMatchObject({ image: { mediaType: "image/png" } });
    const always = device({ picture: black });
    const screen = await observe(always.transport, info, times);
    expect(screen).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(screen.image).toBeUndefined();
    await expect(
      observe(device({ picture: black, dump: failure }).transport, info, times),
    ).rejects.toMatchObject({ code: "SCREEN_UNAVAILABLE", message: expect.stringContaining("black") });
  });

  test("and of a secure window, black is the picture", async () => {
    const focus = `Window #1 Window{a1 u0 com.bank/.Main}:\n fl=SECURE\n${focusOn("com.bank/.Main")}`;
    const dump = dumped({ package: "com.bank", text: "a" });
    const { transport, commands } = device({ focus, dump, picture: black });
    expect(await observe(transport, info, times)).toMatchObject({
      secure: true,
      image: { mediaType: "image/png" },
    });
    expect(dumps(commands)).toBe(1);
  });

  test("so after an action a tree that is not new beside a picture that is, is taken again", async () => {
    const next = dumped({ package: "com.android.settings", text: "Airplane mode" });
    const changed = { stdout: await png(1000, 2000, "#aabbcc") };
    const { transport, commands } = device({ dump: [page, page, next], picture: [picture, changed] });
    const observer = new Observer(transport, structuredClone(info), times);
    await observer.screen();
    observer.touched();
    expect(await observer.screen()).toMatchObject({ elements: [{ text: "Airplane mode" }] });
    expect(dumps(commands)).toBe(3);
  });

  test("but not for ever", async () => {
    const { transport, commands } = device({ focus: clock });
    expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(dumps(commands)).toBe(3);
  });
});

test("a UI tree that another program holds is a fault that names the mend", async () => {
  const stderr =
    "java.lang.IllegalStateException: UiAutomationService android.accessibilityservice.X@1 already registered!";
  const { transport } = device({ dump: { stderr, exitCode: 1 } });
  await expect(observe(transport, info, times)).rejects.toMatchObject({
    code: "UIAUTOMATION_TAKEN",
    class: "infra",
    message: expect.stringContaining("force-stop io.appium.uiautomator2.server"),
  });
});

describe("a dump that was killed", () => {
  const killed = (pid: Reply): AdbTransport => {
    const { transport } = device({ dump: { stderr: "Killed \n", exitCode: 137 }, pid });
    return transport;
  };

  test("is Appium's doing where its server runs", async () => {
    await expect(observe(killed("4242\n"), info, times)).rejects.toMatchObject({
      code: "UIAUTOMATION_TAKEN",
    });
  });

  test("leaves the picture where it does not", async () => {
    expect(await observe(killed({ exitCode: 1 }), info, times)).toMatchObject({ treeSource: "none" });
  });
});

test("a tree that is whole counts, whatever the device complains of", async () => {
  const stderr =
    "java.io.FileNotFoundException: /data/system/theme_config/theme_compatibility.xml: open failed: ENOENT\n";
  const { transport, commands } = device({ dump: { ...page, stderr } });
  expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
  expect(dumps(commands)).toBe(1);
});

test("a tree of nothing is whole", async () => {
  const nothing = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0" />`;
  const { transport, commands } = device({ dump: { stdout: nothing }, focus: focusOn("") });
  expect(await observe(transport, info, times)).toMatchObject({ treeSource: "uiautomator", elements: [] });
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
    const { transport, commands } = device({ dump: [late, page] });
    expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
    expect(asked(commands)).toEqual([true, false]);
  });

  test("is asked for again with the next screen, but not on a device that never has one", async () => {
    const empty: Reply = { stderr: claim };
    const { transport, commands } = device({ dump: [empty, page, empty, page, page] });
    const observer = new Observer(transport, structuredClone(info), times);
    for (let screens = 0; screens < 4; screens++) await observer.screen();
    expect(asked(commands)).toEqual([true, false, true, false, false, false]);
  });

  test("is asked for on, where it came in between", async () => {
    const empty: Reply = { stderr: claim };
    const inTime = listOf("com.android.settings", true);
    const { transport, commands } = device({ dump: [empty, page, inTime, empty, page, inTime] });
    const observer = new Observer(transport, structuredClone(info), times);
    for (let screens = 0; screens < 4; screens++) await observer.screen();
    expect(asked(commands)).toEqual([true, false, true, true, false, true]);
  });

  test("is taken as it is where the active window cannot be read either", async () => {
    const bar = listOf("com.android.systemui", false);
    const { transport } = device({
      dump: [bar, failure, failure],
      focus: focusOn("com.android.systemui/.X"),
    });
    expect(await observe(transport, info, times)).toMatchObject({ treeSource: "uiautomator" });
  });
});

test("a tree that was cut off is read again", async () => {
  const cut = String(page.stdout).trim().slice(0, -3);
  const { transport, commands } = device({ dump: [{ stdout: cut }, page] });
  expect(await observe(transport, info, times)).toMatchObject({ elements: [{ text: "Wi-Fi" }] });
  expect(dumps(commands)).toBe(2);
});

describe("pictures", () => {
  const raw = (header: number, format = 1): { stdout: Buffer } => {
    const bytes = Buffer.alloc(header + 1000 * 2000 * 4, 200);
    for (const [i, word] of [1000, 2000, format, 1].slice(0, header / 4).entries()) {
      bytes.writeUInt32LE(word, i * 4);
    }
    return { stdout: bytes };
  };
  const slowPng: [RegExp, Reply] = [/screencap '-p'/, picture];
  const panels: [RegExp, Reply] = [/SurfaceFlinger/, onePanel];

  test.each([12, 16])("are taken raw where that is faster, with a header of %i bytes", async (header) => {
    const about = structuredClone(info);
    const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, raw(header)]]);
    const taker = new PictureTaker(slowly(transport, /'-p'/), 5000, (way) => {
      about.capabilities.picture = way;
    });
    await taker.take();
    const second = await taker.take();
    for (let i = 0; i < 5; i++) await taker.take();
    expect(second).toMatchObject({ width: 1000, height: 2000, image: { mediaType: "image/png" } });
    expect(about.capabilities.picture).toBe("raw");
    const [first, then] = ["screencap '-p' 2>/dev/null", "screencap 2>/dev/null"];
    expect(commands.slice(1)).toEqual([first, then, first, then, first, then, then]);
  });

  test.each([
    ["take longer", (transport: AdbTransport) => slowly(transport, /screencap 2/), raw(16)],
    ["have an unknown format", (transport: AdbTransport) => transport, raw(16, 4)],
    ["are not whole", (transport: AdbTransport) => transport, { stdout: Buffer.alloc(5000) }],
  ])("are taken as PNG where raw pixels %s", async (_, change, pixels) => {
    const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, pixels]]);
    const taker = new PictureTaker(change(transport), 5000, () => {});
    for (let i = 0; i < 7; i++) expect(await taker.take()).toMatchObject({ width: 1000, height: 2000 });
    expect(commands.at(-1)).toBe("screencap '-p' 2>/dev/null");
  });

  test("are a PNG while raw pixels come in a format that is not known, and raw again after it", async () => {
    const [known, wide] = [raw(16), raw(16, 22)];
    const pixels = [known, known, known, wide, known];
    const { transport, commands } = fakeTransport([panels, slowPng, [/screencap/, pixels]]);
    const taker = new PictureTaker(slowly(transport, /'-p'/), 5000, () => {});
    const ways: unknown[] = [];
    for (let i = 0; i < 8; i++) {
      const taken = await taker.take();
      ways.push(taken instanceof Error ? taken.message : taken.way);
    }
    expect(ways).toEqual(["png", "raw", "png", "raw", "png", "raw", "png", "raw"]);
    expect(commands.slice(-3)).toEqual([
      "screencap 2>/dev/null",
      "screencap '-p' 2>/dev/null",
      "screencap 2>/dev/null",
    ]);
  });

  test("are of the panel that shows the screen, also after the phone was folded", async () => {
    const two = [
      'Display 4619827677550801152 (HWC display 0): port=0 pnpId=GGL displayName="Common Panel"',
      'Display 4619827677550801153 (HWC display 1): port=1 pnpId=GGL displayName="Common Panel"',
    ].join("\n");
    const shownBy = (id: string): string =>
      `${two}\n    mBaseDisplayInfo=DisplayInfo{"Built-in Screen", displayId 0, displayGroupId 0, real 1000 x 2000, uniqueId "local:${id}", density 420}\n`;
    const outer = "4619827677550801153";
    const inner = "4619827677550801152";
    const { transport, commands } = fakeTransport([
      [/SurfaceFlinger/, [shownBy(outer), shownBy(inner)]],
      [/screencap/, [picture, black, picture]],
    ]);
    const taker = new PictureTaker(transport, 5000, () => {});
    for (let i = 0; i < 3; i++) await taker.take();
    const of = commands.flatMap((command) => /screencap.*'-d' '(\d+)'/u.exec(command)?.[1] ?? []);
    expect(of).toEqual([outer, outer, inner, inner]);
  });

  test.each([
    ["of a device with one", onePanel],
    ["of a device that does not say", ""],
    [
      "where none of them shows it",
      "Display 1 (HWC display 0): port=0\nDisplay 2 (HWC display 1): port=1\n" +
        "  mViewports=[DisplayViewport{type=VIRTUAL, valid=true, displayId=0, uniqueId='virtual:a,1,b,0'}]\n",
    ],
  ])("name no panel %s", async (_, said) => {
    const { transport, commands } = fakeTransport([
      [/SurfaceFlinger/, said],
      [/screencap/, black],
    ]);
    const taker = new PictureTaker(transport, 5000, () => {});
    await taker.take();
    await taker.take();
    expect(commands.slice(1)).toEqual([
      "screencap '-p' 2>/dev/null",
      "screencap 2>/dev/null",
      "screencap '-p' 2>/dev/null",
    ]);
  });

  /** Commands that fit take a while longer than packing a picture does. */
  function slowly(transport: AdbTransport, pattern: RegExp): AdbTransport {
    return {
      ...transport,
      exec: async (command, options) => {
        if (pattern.test(command)) await delay(250);
        return transport.exec(command, options);
      },
    };
  }
});
