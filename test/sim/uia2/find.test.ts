import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { SimulatedDevice } from "../../../src/sim/device.ts";
import { sh } from "../harness.ts";
import { phoneWithServer, startServer, type Reply, type Running } from "./support.ts";

const settings = "com.android.settings";
const startSettings = `am start -S -W -n ${settings}/.Settings`;
const uiAutomator = "-android uiautomator";

let device: SimulatedDevice;
let server: Running;
beforeAll(async () => {
  device = await phoneWithServer();
  server = await startServer(device);
});
beforeEach(async () => {
  await server.open();
  await sh(device, startSettings);
});
afterAll(async () => {
  server.hangUp();
  await server.ended;
  device.close();
});

const find = (strategy: string, selector: string, context?: string): Promise<Reply> =>
  server.in("POST", "/element", { strategy, selector, context });
const findAll = async (strategy: string, selector: string, context?: string): Promise<string[]> => {
  const { value } = await server.in("POST", "/elements", { strategy, selector, context });
  return (value as { ELEMENT: string }[]).map(({ ELEMENT }) => ELEMENT);
};
const idOf: Running["idOf"] = (...locator) => server.idOf(...locator);
const ask = async (id: string, name: string): Promise<unknown> =>
  (await server.in("GET", `/element/${id}/attribute/${name}`)).value;
const textOf = (id: string): Promise<unknown> => ask(id, "text");

describe("on the home screen", () => {
  beforeEach(() => device.phone.windows.key(3));

  test.each([
    ["accessibility id", "Apps list"],
    [
      "-android uiautomator",
      'new UiSelector().descriptionContains("apps").className("android.widget.ImageButton");',
    ],
    ["-android uiautomator", '.scrollable(false).childSelector(new UiSelector().description("Apps list"))'],
    ["xpath", '//*[@content-desc="Apps list"]'],
    ["xpath", "//*[contains(@content-desc, 'Apps') and @clickable='true'][last()]"],
  ])("an element is found by %s: %s", async (strategy, selector) => {
    expect(await idOf(strategy, selector)).toBe(await idOf("accessibility id", "Apps list"));
  });

  test.each([
    ["xpath", "//*["],
    ["xpath", "//*[frob(@text)]"],
    ["-android uiautomator", "new UiSelector().frob(1)"],
    ["-android uiautomator", "new UiSelector().instance(true)"],
    ["-android uiautomator", "new UiScrollable(scrollable(true)).frob()"],
    ["-android uiautomator", 'new UiScrollable(scrollable(true)).scrollIntoView("a")'],
    ["css selector", "a"],
  ])("the server says what it does not understand: %s %s", async (strategy, selector) => {
    expect(await server.in("POST", "/elements", { strategy, selector })).toMatchObject({
      status: 400,
      value: { error: "invalid selector" },
    });
  });

  test("nothing is an error for one element, and an empty list for many", async () => {
    expect(await find("id", "nowhere")).toMatchObject({ status: 404, value: { error: "no such element" } });
    expect(await findAll("id", "nowhere")).toEqual([]);
  });

  test("attributes have the names that the source gives them, and those of old", async () => {
    const id = await idOf("accessibility id", "Apps list");
    expect(await ask(id, "contentDescription")).toBe("Apps list");
    expect(await ask(id, "displayed")).toBe("true");
    expect(await ask(id, "resource-id")).not.toBe("");
    expect(await ask(id, "nope")).toMatchObject({ error: "unknown command" });
  });
});

describe("by class, id and description", () => {
  test("the innermost comes first, as androidx's ByMatcher goes from below", async () => {
    const frame = await idOf("class name", "android.widget.FrameLayout");
    expect(await ask(frame, "resource-id")).toBe("android:id/content");
    const all = await findAll("class name", "android.widget.FrameLayout");
    expect(all.length).toBeGreaterThan(2);
    expect(all[0]).toBe(frame);
    expect(await ask(all.at(-1)!, "bounds")).toBe("[0,0][1080,2400]");
    expect(await findAll("class name", ".FrameLayout")).toEqual(all);
  });

  test("an element's own class is found below it, as its last", async () => {
    const row = await idOf("class name", "android.widget.LinearLayout");
    expect((await findAll("class name", "android.widget.LinearLayout", row)).at(-1)).toBe(row);
  });

  test("a bare id is completed by the session's app, not by the one in front", async () => {
    expect(await find("id", "homepage_title")).toMatchObject({
      status: 404,
      value: { error: "no such element" },
    });
    expect(await idOf("id", `${settings}:id/homepage_title`)).toBeDefined();
    await server.open({ "appium:appPackage": settings });
    expect(await textOf(await idOf("id", "homepage_title"))).toBe("Settings");
  });
});

describe("by XPath", () => {
  test("a context is the whole document, unless the setting says otherwise", async () => {
    const list = await idOf("xpath", "//*[@scrollable='true']");
    expect(await idOf("xpath", "/*", list)).toBe(list);
    expect(await idOf("xpath", ".//*[@scrollable='true']", list)).toBe(list);
    const title = "//*[@text='Settings']";
    expect(await idOf("xpath", title, list)).toBe(await idOf("xpath", title));
    await server.in("POST", "/appium/settings", { settings: { limitXPathContextScope: false } });
    expect((await find("xpath", ".//*[@scrollable='true']", list)).status).toBe(404);
    expect(await textOf(await idOf("xpath", "./*[1]", list))).toBe("Settings");
    expect(await idOf("xpath", "..", list)).toBe(await idOf("id", "android:id/content"));
  });

  test.each([
    ["//*[@text='Apps']/following::*[@text='Notifications']", "Notifications"],
    ["//*[@text='Notifications']/preceding::android.widget.TextView[@text='Apps']", "Apps"],
    ["//*[substring(@text, 1, 4)='Netw']", "Network & internet"],
    ["//*[@text='Apps'][exists(../*[2])]", "Apps"],
  ])("knows %s", async (selector, text) => {
    expect(await textOf(await idOf("xpath", selector))).toBe(text);
  });

  test("finds no text nodes, and nothing deeper than the snapshot", async () => {
    expect((await find("xpath", "//*[text()='Apps']")).value).toMatchObject({ error: "no such element" });
    await server.in("POST", "/appium/settings", { settings: { snapshotMaxDepth: 3 } });
    expect((await find("xpath", "//*[@text='Apps']")).status).toBe(404);
    expect((await find(uiAutomator, 'text("Apps")')).status).toBe(200);
  });
});

describe("by UiSelector", () => {
  test("an element is whatever its selector matches when it is asked", async () => {
    const first = await idOf(uiAutomator, "className(android.widget.TextView)");
    expect(await textOf(first)).toBe("Settings");
    const titles = await findAll(uiAutomator, `resourceId("${settings}:id/title")`);
    expect(await textOf(titles[1]!)).toBe("Connected devices");
    await sh(device, "am start -S -W -n com.google.android.deskclock/com.android.deskclock.DeskClock");
    expect(await textOf(first)).not.toBe("Settings");
    expect((await server.in("GET", `/element/${titles[1]!}/text`)).value).toMatchObject({
      error: "stale element reference",
      message: `Cached elements 'By.AndroidUiAutomator: resourceId("${settings}:id/title")' do not exist in DOM anymore`,
    });
  });

  test("only the active window is known, whatever windows are asked for", async () => {
    await server.in("POST", "/appium/settings", { settings: { enableMultiWindows: true } });
    expect((await find("id", "com.android.systemui:id/clock")).status).toBe(200);
    expect((await find(uiAutomator, 'packageName("com.android.systemui")')).status).toBe(404);
  });

  test("statements are joined, for several elements; the first one counts for one", async () => {
    const both = 'text("Apps"); text("Settings"); new UiSelector().text("Apps")';
    const found = await findAll(uiAutomator, both);
    expect(await Promise.all(found.map(textOf))).toEqual(["Apps", "Settings"]);
    expect(await textOf(await idOf(uiAutomator, both))).toBe("Apps");
    expect((await find(uiAutomator, 'text("Nope"); text("Settings")')).status).toBe(404);
  });

  test("a backslash of a pattern stays what it is", async () => {
    expect(await textOf(await idOf(uiAutomator, String.raw`textMatches("Net\w+ & .*")`))).toBe(
      "Network & internet",
    );
  });

  test("of a list in a list each gives its first match", async () => {
    const selector =
      'className("android.widget.LinearLayout").childSelector(className("android.widget.TextView"))';
    const texts = await Promise.all((await findAll(uiAutomator, selector)).map(textOf));
    expect(texts).not.toContain("Mobile, Wi-Fi, hotspot");
    expect(texts).toContain("Network & internet");
  });
});

describe("by UiScrollable", () => {
  const list = "new UiScrollable(new UiSelector().scrollable(true))";

  test.each([
    `${list}.scrollIntoView(new UiSelector().text("About phone"))`,
    `${list}.scrollTextIntoView("About phone")`,
    `UiScrollable(scrollable(true)).scrollIntoView(textContains("About ph"));`,
  ])("what is far down comes into view: %s", async (selector) => {
    expect((await find(uiAutomator, 'text("About phone")')).status).toBe(404);
    expect(await textOf(await idOf(uiAutomator, selector))).toBe("About phone");
    expect(await textOf(await idOf(uiAutomator, `${list}.scrollTextIntoView("Settings")`))).toBe("Settings");
  });

  test("a row is found by what it holds, and other ways of scrolling give the list", async () => {
    const row = await idOf(
      uiAutomator,
      `${list}.getChildByText(className("android.widget.LinearLayout"), "About phone")`,
    );
    expect(await ask(row, "clickable")).toBe("true");
    const there = await idOf(uiAutomator, `${list}.setMaxSearchSwipes(10).scrollToBeginning(10)`);
    expect(await ask(there, "scrollable")).toBe("true");
    expect((await find("xpath", "//*[@text='Settings']")).status).toBe(200);
  });

  test("what is nowhere is no such element, nor is a list that is not there", async () => {
    expect((await find(uiAutomator, `${list}.scrollTextIntoView("Nowhere")`)).value).toMatchObject({
      error: "no such element",
    });
    const none = 'new UiScrollable(new UiSelector().className("a.B")).scrollForward()';
    expect((await find(uiAutomator, none)).value).toMatchObject({ error: "no such element" });
  });

  test("the command to scroll does it too, and tells what it cannot", async () => {
    const scrollTo = (params: object): Promise<Reply> => server.in("POST", "/gestures/scroll_to", { params });
    expect((await scrollTo({ strategy: uiAutomator, selector: 'text("About phone")' })).status).toBe(200);
    const about = await idOf("xpath", "//*[@text='About phone']");
    expect(about).toBeDefined();
    expect(await scrollTo({ strategy: "id", selector: "a" })).toMatchObject({
      status: 400,
      value: { error: "invalid argument" },
    });
    expect((await scrollTo({ strategy: "class name", selector: "a.B" })).value).toMatchObject({
      error: "no such element",
    });
    const scroller = await idOf("xpath", "//*[@scrollable='true']");
    expect(await server.in("POST", `/appium/element/${scroller}/scroll_to/${about}`, {})).toMatchObject({
      status: 400,
      value: { error: "invalid argument" },
    });
  });
});

test("views that only group others are left out where that is asked for", async () => {
  expect(await server.source()).toContain('a11y-important="false"');
  await server.in("POST", "/appium/settings", { settings: { ignoreUnimportantViews: true } });
  const important = await server.source();
  expect(important).not.toContain("android:id/content");
  expect(important).toContain('text="Network &amp; internet"');
  expect(important.match(/a11y-important="false"/gu)).toHaveLength(1);
});

test("settings take values of their own type only; one out of range changes nothing", async () => {
  const set = (value: unknown): Promise<Reply> =>
    server.in("POST", "/appium/settings", { settings: { snapshotMaxDepth: value, nope: 1 } });
  expect(await set("7")).toMatchObject({
    status: 400,
    value: {
      message:
        "Invalid 'snapshotMaxDepth' setting value type. Got: java.lang.String. Expected: java.lang.Integer.",
    },
  });
  expect((await set(501)).status).toBe(200);
  expect((await server.in("GET", "/appium/settings")).value).toMatchObject({ snapshotMaxDepth: 70 });
  await server.open({ "appium:SNAPSHOTMAXDEPTH": 5 });
  expect((await server.in("GET", "/appium/settings")).value).toMatchObject({ snapshotMaxDepth: 5 });
});
