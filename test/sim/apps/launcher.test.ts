import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { usePhone, type PhoneUser } from "../../support/phone.ts";

let user: PhoneUser;

beforeAll(() => {
  user = usePhone();
});
beforeEach(() => user.reset());
afterAll(() => user.device.close());

const front = (): string => user.device.phone.activities.top().package;

test("the home screen shows the date and five apps in the dock", () => {
  expect(user.texts()).toContain("Sun, Oct 15");
  for (const label of ["Clock", "Files", "Settings", "Contacts"])
    expect(user.find({ desc: label })).toBeDefined();
});

test("an icon opens its app, and home leads back", () => {
  user.tap({ desc: "Clock" });
  expect(front()).toBe("com.google.android.deskclock");
  user.home();
  expect(front()).toBe("com.google.android.apps.nexuslauncher");
});

test("a swipe up and the list's handle open all apps in order", () => {
  user.swipeUp();
  const labels = user
    .nodes()
    .filter((node) => node.id.endsWith("/icon"))
    .map((node) => node.desc);
  expect(user.find({ id: "apps_list_view" })).toBeDefined();
  expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, "en")));
  expect(labels).not.toContain("Pixel Launcher");
  user.back();
  expect(user.find("Search apps")).toBeUndefined();
  user.tap("Apps list");
  user.tap({ desc: "Settings" });
  expect(front()).toBe("com.android.settings");
  user.home();
  expect(user.find("Apps list")).toBeDefined();
});

test("the search finds an app and Enter opens it", () => {
  user.tap("Search");
  user.type("clo");
  const icons = user.nodes().filter((node) => node.id.endsWith("/icon"));
  expect(icons.map((node) => node.desc)).toEqual(["Clock"]);
  user.enter();
  expect(front()).toBe("com.google.android.deskclock");
});

test("a search without result says so", () => {
  user.tap("Search");
  user.type("zzz");
  expect(user.texts()).toContain('No apps found matching "zzz"');
  user.enter();
  expect(front()).toBe("com.google.android.apps.nexuslauncher");
});

test("a long press on an icon leads to the app's page in Settings", () => {
  user.longPress({ desc: "Clock" });
  user.tap("App info");
  expect(front()).toBe("com.android.settings");
  expect(user.texts()).toContain("Clock");
});

test("the overview brings an app back as it was, and dismisses others", () => {
  user.tap({ desc: "Clock" });
  user.tap("Stopwatch");
  user.home();
  user.tap({ desc: "Settings" });
  user.recents();
  user.tap("Dismiss Settings");
  expect(user.find("Dismiss Settings")).toBeUndefined();
  user.tap({ desc: "Clock" });
  expect(front()).toBe("com.google.android.deskclock");
  expect(user.find("Start")).toBeDefined();
  user.back();
  expect(user.find("Apps list")).toBeDefined();
});

test("clears all recent apps", () => {
  user.tap({ desc: "Clock" });
  user.recents();
  user.tap("Clear all");
  user.recents();
  expect(user.texts()).toContain("No recent items");
});
