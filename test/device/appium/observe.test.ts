import { beforeEach, describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { infraError } from "../../../src/errors.ts";
import type { DeviceInfo } from "../../../src/device/index.ts";
import type { Client } from "../../../src/device/appium/client.ts";
import { AppiumObserver } from "../../../src/device/appium/observe.ts";
import type { Session } from "../../../src/device/appium/session.ts";

const info = {
  serial: "emulator-5554",
  width: 100,
  height: 200,
  capabilities: { inputMethod: "" },
} as DeviceInfo;

const refused = (message: string) => infraError("APPIUM_REFUSED", message);

function tree(text: string, { package: name = "com.example", rotation = 0 } = {}): string {
  return `<?xml version='1.0' encoding='UTF-8'?><hierarchy index="0" class="hierarchy" rotation="${rotation}" width="100" height="200"><android.widget.TextView index="0" package="${name}" class="android.widget.TextView" text="${text}" clickable="true" enabled="true" bounds="[0,0][100,50]" displayed="true" /></hierarchy>`;
}

async function png(colour: string, width = 100, height = 200): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

/** A device that shows one thing after the other; the last one stays. */
class FakeDevice {
  trees: (string | Error)[] = [tree("one")];
  pictures: (Buffer | Error)[] = [];
  foreground = {
    package: "com.example",
    activity: ".Main",
    systemDialog: "",
    keyboardShown: false,
    secure: false,
  };
  readonly log: string[] = [];
  readonly observer: AppiumObserver;

  constructor(settling = { quietMs: 1, capMs: 100, reactionMs: 0 }) {
    const client = {
      source: async () => this.#next("tree", this.trees),
      screenshot: async () => this.#next("picture", this.pictures),
      resetCache: async () => void this.log.push("reset"),
    } as unknown as Client;
    const session = { read: (_: string, call: (c: Client) => Promise<unknown>) => call(client) } as Session;
    this.observer = new AppiumObserver({
      session,
      info,
      foreground: async () => ({ ...this.foreground }),
      settling,
    });
  }

  #next<T>(what: string, things: (T | Error)[]): T {
    this.log.push(what);
    const next = things.length > 1 ? things.shift()! : things[0]!;
    if (next instanceof Error) throw next;
    return next;
  }
}

let device: FakeDevice;
let blue: Buffer;
beforeEach(async () => {
  device = new FakeDevice();
  blue = await png("blue");
  device.pictures = [blue];
});

const texts = (elements: { text: string }[]): string[] => elements.map(({ text }) => text);

test("after an action the picture is taken between two equal trees", async () => {
  const screen = await device.observer.screen();
  expect(device.log).toEqual(["tree", "picture", "tree"]);
  expect(screen).toMatchObject({
    treeSource: "uiautomator2",
    width: 100,
    height: 200,
    package: "com.example",
  });
  expect(screen.image?.bytes).toEqual(blue);
});

test("a picture from between two different trees is taken again", async () => {
  const red = await png("red");
  device.trees = [tree("one"), tree("two")];
  device.pictures = [red, blue];
  const screen = await device.observer.screen();
  expect(device.log).toEqual(["tree", "picture", "tree", "picture", "tree"]);
  expect(texts(screen.elements)).toEqual(["two"]);
  expect(screen.image?.bytes).toEqual(blue);
});

test("without an action one look is enough", async () => {
  await device.observer.screen();
  device.log.length = 0;
  await device.observer.screen();
  expect(device.log.sort()).toEqual(["picture", "tree"]);
  device.observer.touched();
  device.log.length = 0;
  await device.observer.screen();
  expect(device.log).toEqual(["tree", "picture", "tree"]);
});

test("a screen that looks as before an action is given time to react", async () => {
  device = new FakeDevice({ quietMs: 1, capMs: 60_000, reactionMs: 60_000 });
  device.pictures = [blue];
  await device.observer.screen();
  device.trees = [tree("one"), tree("one"), tree("one"), tree("two")];
  device.observer.acted();
  expect(texts((await device.observer.screen()).elements)).toEqual(["two"]);
});

test("an action that shows nothing ends the wait with its time", async () => {
  device = new FakeDevice({ quietMs: 1, capMs: 60_000, reactionMs: 20 });
  device.pictures = [blue];
  await device.observer.screen();
  device.observer.acted();
  expect(texts((await device.observer.screen()).elements)).toEqual(["one"]);
});

test("a screen that never rests is taken as it is", async () => {
  let count = 0;
  device.trees = new Proxy([] as string[], {
    get: (target, key) =>
      key === "length" ? 2 : key === "shift" ? () => tree(String(count++)) : Reflect.get(target, key),
  });
  const screen = await device.observer.screen();
  expect(texts(screen.elements)).toEqual([String(count - 1)]);
  expect(screen.image).toBeDefined();
});

test("a tree in which nothing is of the app in front is refreshed", async () => {
  device.trees = [tree("old", { package: "com.other" }), tree("new")];
  expect(texts((await device.observer.screen()).elements)).toEqual(["new"]);
  expect(device.log.slice(0, 3)).toEqual(["tree", "reset", "tree"]);
});

describe("a tree that cannot be had", () => {
  test("once is asked for again", async () => {
    for (const bad of [refused("Timed out after 10000ms waiting for the root"), "<hierarchy", ""]) {
      device.trees = [bad, tree("one")];
      device.observer.touched();
      expect(await device.observer.screen()).toMatchObject({ treeSource: "uiautomator2" });
    }
  });

  test("leaves a picture", async () => {
    device.trees = [refused("no root")];
    const screen = await device.observer.screen();
    expect(screen).toMatchObject({ treeSource: "none", xml: "", elements: [], width: 100, height: 200 });
    expect(screen.image?.bytes).toEqual(blue);
  });

  test("without a picture is an error that tells both", async () => {
    device.trees = [refused("no root")];
    device.pictures = [refused("no picture")];
    await expect(device.observer.screen()).rejects.toMatchObject({
      code: "SCREEN_UNAVAILABLE",
      message: expect.stringMatching(/emulator-5554: no root; no picture/u),
    });
  });
});

test("a secure window keeps its tree", async () => {
  device.foreground.secure = true;
  device.pictures = [refused("does the view have the 'secure' flag?")];
  const screen = await device.observer.screen();
  expect(screen).toMatchObject({ secure: true, treeSource: "uiautomator2" });
  expect(screen.image).toBeUndefined();
  expect(device.log).toEqual(["tree", "picture", "tree"]);
});

test("a black picture of a window that is not secure is taken again, and left out where it stays black", async () => {
  device.pictures = [await png("black"), blue];
  expect((await device.observer.screen()).image?.bytes).toEqual(blue);
  device.pictures = [await png("black")];
  device.observer.touched();
  expect((await device.observer.screen()).image).toBeUndefined();
});

test("a picture turned otherwise than the tree is taken again", async () => {
  device.trees = [tree("wide", { rotation: 1 })];
  device.pictures = [blue, await png("green", 200, 100)];
  expect(await device.observer.screen()).toMatchObject({ rotation: 1, width: 200, height: 100 });
});

test("a device that is gone is thrown", async () => {
  device.trees = [infraError("SESSION_LOST", "gone")];
  await expect(device.observer.screen()).rejects.toMatchObject({ code: "SESSION_LOST" });
});
