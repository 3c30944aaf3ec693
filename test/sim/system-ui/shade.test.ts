import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { toPlace, toSetting } from "../../../src/sim/system-ui/brightness.ts";
import { age, chronometer } from "../../../src/sim/system-ui/notification-time.ts";
import { usePhone } from "../../support/phone.ts";

const clara = "+15550100428";
const user = usePhone();
const { device } = user;
const { phone } = device;
const { windows } = phone;

beforeEach(() => {
  device.snapshots.load(cleanSnapshot);
  user.open("com.android.settings");
});
afterAll(() => device.close());

const pullDown = () => windows.swipe(540, 20, 540, 1500, 300);
const top = () => phone.activities.top().activity;
const post = (title: string, more: object = {}) =>
  phone.notifications.post("com.android.shell", {
    id: title.length,
    tag: title,
    channel: "c",
    importance: 3,
    icon: "info",
    title,
    text: `Text of ${title}`,
    ...more,
  });

describe("the shade opens", () => {
  test("by a finger that pulls the status bar down quickly or far", () => {
    windows.swipe(540, 20, 540, 120, 1000);
    expect(windows.systemFocus).toBeUndefined();
    windows.swipe(540, 300, 540, 1500, 200);
    expect(windows.systemFocus).toBeUndefined();
    windows.swipe(540, 20, 540, 700, 300);
    expect(windows.systemFocus).toBe("NotificationShade");
    expect(user.find("No notifications")).toMatchObject({ id: "com.android.systemui:id/no_notifications" });
  });

  test("over its app alone: nothing of that is told or touched", () => {
    pullDown();
    const told = windows.accessibilityWindows();
    expect(told.map(({ type, package: owner, active }) => [type, owner, active])).toEqual([
      ["system", "com.android.systemui", false],
      ["system", "com.android.systemui", true],
    ]);
    expect(told[1]).toMatchObject({ title: "", bounds: { left: 0, top: 0, right: 1080, bottom: 2400 } });
    expect(user.find("Network & internet")).toBeUndefined();
    const row = { x: 540, y: 900 };
    windows.tap(row.x, row.y);
    expect(top()).toBe(".Settings");
  });

  test("and puts the keyboard away", () => {
    phone.settings.put("secure", "show_ime_with_hard_keyboard", "1");
    user.tap("Search settings");
    expect(windows.keyboardShown).toBe(true);
    pullDown();
    expect(windows.keyboardShown).toBe(false);
  });
});

describe("the shade closes", () => {
  beforeEach(pullDown);

  test.each([
    ["back", () => user.back(), ".Settings"],
    ["home", () => user.home(), ".NexusLauncherActivity"],
    ["a swipe up", () => windows.swipe(540, 1800, 540, 900, 200), ".Settings"],
    ["a tap below what it shows", () => windows.tap(540, 1900), ".Settings"],
  ])("by %s", (_name, close, activity) => {
    close();
    expect([windows.systemFocus, top()]).toEqual([undefined, activity]);
  });

  test("with the screen, and not by a tap beside the tiles", () => {
    windows.tap(540, 540);
    expect(windows.systemFocus).toBe("NotificationShade");
    windows.key(26);
    windows.key(26);
    expect(windows.systemFocus).toBeUndefined();
  });

  test("in two steps where all quick settings are open", () => {
    windows.swipe(540, 1500, 540, 2200, 200);
    expect(user.find("Airplane mode")).toBeDefined();
    user.back();
    expect(user.find("Airplane mode")).toBeUndefined();
    user.back();
    expect(windows.systemFocus).toBeUndefined();
  });
});

describe("a notification", () => {
  test("opens its activity, and is gone where it says so", () => {
    device.receiveSms(clara, "Hello");
    pullDown();
    user.tap({ id: "expandableNotificationRow" });
    expect(top()).toBe(".activities.ThreadActivity");
    expect(user.texts()).toContain("Clara Dunn");
    expect([windows.systemFocus, phone.notifications.list()]).toEqual([undefined, []]);
  });

  test("that opens nothing takes no tap", () => {
    post("Note");
    pullDown();
    const { clickable, top: y } = user.see({ id: "expandableNotificationRow" });
    windows.tap(540, y + 150);
    expect([clickable, windows.systemFocus]).toEqual([false, "NotificationShade"]);
  });

  test("is swiped away, unless it is ongoing", () => {
    post("One");
    post("Two!", { ongoing: true });
    pullDown();
    for (const name of ["One", "Two!"]) user.swipe(name, [0.2, 0.5], [0.9, 0.5]);
    expect(phone.notifications.list().map(({ title }) => title)).toEqual(["Two!"]);
    expect(user.find("Clear all notifications.")).toBeUndefined();
  });

  test("folds and unfolds; the first one comes unfolded", () => {
    post("Older");
    user.wait(61_000);
    post("Newest");
    pullDown();
    const buttons = () => user.nodes().filter(({ id }) => id === "android:id/expand_button");
    expect(buttons().map(({ desc }) => desc)).toEqual(["Collapse", "Expand"]);
    expect(user.texts()).toContain("1 minute ago");
    user.tap("Collapse");
    expect(buttons().map(({ desc }) => desc)).toEqual(["Expand", "Expand"]);
  });

  test("has buttons that reach its app", () => {
    device.receiveSms(clara, "Hello");
    pullDown();
    user.tap("Mark as Read");
    const [row] = phone.content.query("content://sms/inbox", { projection: ["read"] });
    expect([row, phone.notifications.list()]).toEqual([{ read: 1 }, []]);
  });

  test("is cleared with all others, and the shade closes with the last one", () => {
    post("One");
    post("Two");
    post("Running", { ongoing: true });
    pullDown();
    user.tap("Clear all notifications.");
    expect(phone.notifications.list()).toHaveLength(1);
    expect(windows.systemFocus).toBe("NotificationShade");
    phone.notifications.cancelAll("com.android.shell");
    post("Three");
    user.tap("Clear all notifications.");
    expect(windows.systemFocus).toBeUndefined();
  });

  test("beyond the screen is reached by scrolling", () => {
    for (let n = 0; n < 12; n++) post(`Number ${n}`);
    pullDown();
    expect(user.see({ id: "notification_stack_scroller" }).scrollable).toBe(true);
    user.tap("Clear all notifications.");
    expect(phone.notifications.list()).toEqual([]);
  });

  test("that counts lets the shade never stand still", () => {
    post("Count", { countsDownTo: phone.clock.now() + 65_000 });
    expect(windows.idle).toBe(true);
    pullDown();
    expect(windows.idle).toBe(false);
    expect(user.texts()).toContain("01:05");
  });
});

describe("quick settings", () => {
  beforeEach(() => {
    windows.openShade("settings");
  });

  test.each([
    ["Bluetooth.", "global", "bluetooth_on", "0"],
    ["Do Not Disturb.", "global", "zen_mode", "1"],
    ["Flashlight", "secure", "flashlight_enabled", "1"],
    ["Auto-rotate screen", "system", "accelerometer_rotation", "1"],
    ["Airplane mode", "global", "airplane_mode_on", "1"],
  ] as const)("the tile %p switches %s %s", (tile, namespace, key, value) => {
    const before = user.see({ desc: tile });
    expect(before).toMatchObject({ className: "android.widget.Switch", clickable: true });
    user.tap({ desc: tile });
    expect(user.setting(namespace, key)).toBe(value);
    const after = user.see({ desc: tile });
    expect([before.checked, before.text]).not.toEqual([after.checked, after.text]);
  });

  test("the Internet tile opens a dialog, whose switch is that of Settings", () => {
    user.tap("Internet,AndroidWifi");
    expect(windows.systemFocus).toBe("InternetDialog");
    user.tap({ id: "wifi_toggle" });
    expect(user.setting("global", "wifi_on")).toBe("0");
    user.tap("Done");
    expect(windows.systemFocus).toBe("NotificationShade");
    expect(user.find({ desc: "Internet" })).toMatchObject({ text: "On", checked: true });
    phone.settings.put("global", "mobile_data", "0");
    phone.refresh();
    expect(user.find({ desc: "Internet,,Networks unavailable" })).toMatchObject({ checked: false });
  });

  test("the dialog is sent away by back and by a tap beside it, without the shade", () => {
    for (const away of [() => user.back(), () => windows.tap(540, 300)]) {
      user.tap("Internet,AndroidWifi");
      away();
      expect(windows.systemFocus).toBe("NotificationShade");
    }
  });

  test("a long press on a tile opens its page", () => {
    user.longPress({ desc: "Bluetooth." });
    expect(windows.systemFocus).toBeUndefined();
    expect(user.find("Connected devices")).toBeDefined();
  });

  test("the slider sets the brightness and follows it", () => {
    user.tapAt({ id: "slider" }, 1);
    expect(user.setting("system", "screen_brightness")).toBe("255");
    user.tapAt({ id: "slider" }, 0);
    expect(user.setting("system", "screen_brightness")).toBe("1");
    phone.settings.put("system", "screen_brightness", "102");
    phone.refresh();
    const slider = windows.accessibilityWindows()[1]!;
    expect(JSON.stringify(slider)).toContain(`"current":${toPlace(102)}`);
  });

  test("every brightness has a place on the slider that means it", () => {
    for (let level = 1; level <= 255; level++) expect(toSetting(toPlace(level))).toBe(level);
  });
});

test("the status bar shows an icon for each notification, and says whose it is", () => {
  device.receiveSms(clara, "Hello");
  const bar = windows.accessibilityWindows().find(({ layer }) => layer === 5)!;
  expect(JSON.stringify(bar.root)).toContain("Simple SMS Messenger notification: Clara Dunn");
});

test("the picture of the shade over a secure screen shows the shade, and nothing of the screen", () => {
  user.open("com.android.settings/.password.ChooseLockPassword");
  expect(windows.pixels().some((byte, at) => at % 4 !== 3 && byte > 0)).toBe(false);
  pullDown();
  expect(windows.pixels().some((byte, at) => at % 4 !== 3 && byte > 128)).toBe(true);
});

test.each(["1", "3"])("on a phone that lies (%s) it keeps clear of the navigation bar", (rotation) => {
  phone.settings.put("system", "user_rotation", rotation);
  device.receiveSms(clara, "Hello");
  windows.openShade("notifications");
  const [bar] = windows.accessibilityWindows();
  const touchable = user.nodes().filter(({ clickable }) => clickable);
  expect(touchable.length).toBeGreaterThan(6);
  for (const { left, right } of touchable)
    expect(right <= bar!.bounds.left || left >= bar!.bounds.right).toBe(true);
});

test("a snapshot keeps the shade as it is", () => {
  windows.openShade("settings");
  const saved = device.save();
  user.home();
  device.restore(saved);
  expect([windows.systemFocus, top()]).toEqual(["NotificationShade", ".Settings"]);
  expect(user.find("Airplane mode")).toBeDefined();
});

test.each([
  [0, "now", "now"],
  [60_000, "1m", "1 minute ago"],
  [7_200_000, "2h", "2 hours ago"],
  [3 * 86_400_000, "3d", "3 days ago"],
])("an age of %d ms is drawn as %s and told as %s", (ms, short, long) => {
  expect(age(ms)).toEqual({ short, long });
});

test.each([
  [65_400, "01:05"],
  [3_600_000, "1:00:00"],
  [-61_000, "−01:01"],
])("a countdown of %d ms shows %s", (ms, shown) => {
  expect(chronometer(ms)).toBe(shown);
});
