import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { cleanSnapshot } from "../../../src/sim/device.ts";
import { usePhone } from "../../support/phone.ts";

const messenger = "com.simplemobiletools.smsmessenger";
const clock = "com.google.android.deskclock";
const clara = "+15550100428";

const user = usePhone();
const { device } = user;
const { phone } = device;
beforeEach(() => device.snapshots.load(cleanSnapshot));
afterAll(() => device.close());

const posted = () =>
  phone.notifications
    .list()
    .map(({ package: owner, title, text, ongoing }) => [owner, title, text, ongoing === true]);

describe("a message that comes in", () => {
  test("is notified of by its sender, the newest of a conversation alone", () => {
    device.receiveSms(clara, "First");
    user.wait(1000);
    device.receiveSms(clara, "Second");
    device.receiveSms("+1 555 123 4567", "Other");
    expect(posted()).toEqual([
      [messenger, "+1 555 123 4567", "Other", false],
      [messenger, "Clara Dunn", "Second", false],
    ]);
  });

  test("is no longer notified of once its conversation was opened", () => {
    device.receiveSms(clara, "Hello");
    user.open(messenger);
    user.tap("Clara Dunn");
    expect(posted()).toEqual([]);
    device.receiveSms(clara, "You are looking at this");
    expect(posted()).toEqual([]);
    device.receiveSms("5550101156", "And not at this");
    expect(posted()).toHaveLength(1);
  });

  test("is not notified of by an app that the user has not chosen for messages", () => {
    phone.settings.put("secure", "sms_default_application", "com.example.other");
    device.receiveSms(clara, "Hello");
    expect(posted()).toEqual([]);
  });
});

describe("Clock", () => {
  test("tells of a running timer while it is not looked at, and of one whose time is up", () => {
    phone.activities.start({
      action: "android.intent.action.SET_TIMER",
      extras: { "android.intent.extra.alarm.LENGTH": 60, "android.intent.extra.alarm.MESSAGE": "Tea" },
    });
    user.wait(1000);
    expect(posted()).toEqual([]);
    user.home();
    user.wait(1000);
    expect(posted()).toEqual([[clock, "Tea", "", true]]);
    const [counting] = phone.notifications.list();
    user.wait(5000);
    // It counts by itself: nothing is posted again.
    expect(counting?.countsDownTo).toBe(phone.clock.now() + 60_000 - 7000);
    expect(phone.notifications.list()[0]).toBe(counting);
    user.wait(60_000);
    expect(posted()).toEqual([[clock, "Tea", "Time's up", true]]);
  });

  test("tells of an alarm for as long as it rings", () => {
    phone.activities.start({
      action: "android.intent.action.SET_ALARM",
      extras: { "android.intent.extra.alarm.HOUR": 23, "android.intent.extra.alarm.MINUTES": 58 },
    });
    user.home();
    phone.clock.set(Date.UTC(2023, 9, 15, 23, 58));
    phone.tick();
    expect(posted()).toEqual([[clock, "Alarm", "Sun 11:58 PM", true]]);
    user.tap("Stop");
    expect(posted()).toEqual([]);
  });
});

describe("notifications", () => {
  test("rank the important above the newer ones", () => {
    const base = { channel: "c", icon: "info", text: "" } as const;
    phone.notifications.post(clock, { ...base, id: 1, importance: 4, title: "important" });
    user.wait(1000);
    phone.notifications.post(clock, { ...base, id: 2, importance: 2, title: "silent" });
    phone.notifications.post(clock, { ...base, id: 3, importance: 3, title: "newer" });
    expect(posted().map(([, title]) => title)).toEqual(["important", "newer", "silent"]);
  });

  test("are kept by snapshots", () => {
    device.receiveSms(clara, "Before");
    const saved = device.save();
    phone.notifications.cancelAll(messenger);
    device.restore(saved);
    expect(posted()).toEqual([[messenger, "Clara Dunn", "Before", false]]);
    device.snapshots.load(cleanSnapshot);
    expect(posted()).toEqual([]);
  });

  test.each([
    ["is stopped", () => phone.activities.forceStop(messenger)],
    ["is cleared", () => phone.clearApp(messenger)],
    ["may not post any more", () => phone.notifications.setEnabled(messenger, false)],
  ])("go when their app %s", (_name, end) => {
    device.receiveSms(clara, "Hello");
    end();
    expect(posted()).toEqual([]);
  });

  test("are turned off and on by the app's page in Settings", () => {
    const page = "com.android.settings.applications.appinfo.AppInfoDashboardFragment";
    phone.activities.start({
      component: "com.android.settings/.SubSettings",
      extras: { ":settings:show_fragment": page, ":settings:show_fragment_args": messenger },
    });
    device.receiveSms(clara, "Hello");
    user.tap("Notifications");
    user.tap("All Simple SMS Messenger notifications");
    device.receiveSms(clara, "Unheard");
    expect(posted()).toEqual([]);
    user.tap("All Simple SMS Messenger notifications");
    device.receiveSms(clara, "Heard");
    expect(posted()).toEqual([[messenger, "Clara Dunn", "Heard", false]]);
  });
});
