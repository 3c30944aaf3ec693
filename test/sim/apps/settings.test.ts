import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { usePhone, type PhoneUser } from "../../support/phone.ts";

describe("Settings", () => {
  let user: PhoneUser;

  beforeAll(() => {
    user = usePhone();
  });
  beforeEach(() => {
    user.reset();
    user.open("com.android.settings");
  });
  afterAll(() => user.device.close());

  test("switches Wi-Fi off and on", () => {
    user.tap("Network & internet");
    user.tap("Internet");
    expect(user.find("AndroidWifi")).toBeDefined();
    user.tap("Wi-Fi");
    expect(user.setting("global", "wifi_on")).toBe("0");
    expect(user.find("AndroidWifi")).toBeUndefined();
    user.tap("Wi-Fi");
    expect(user.setting("global", "wifi_on")).toBe("1");
  });

  test("switches Bluetooth off and on", () => {
    user.tap("Connected devices");
    user.tap("Connection preferences");
    user.tap("Bluetooth");
    user.tap("Use Bluetooth");
    expect(user.setting("global", "bluetooth_on")).toBe("0");
    user.tap("Use Bluetooth");
    expect(user.setting("global", "bluetooth_on")).toBe("1");
  });

  test("airplane mode switches the radios off and remembers them", () => {
    user.tap("Network & internet");
    user.tap("Airplane mode");
    const values = (): unknown =>
      ["airplane_mode_on", "wifi_on", "bluetooth_on"].map((name) => user.setting("global", name));
    expect(values()).toEqual(["1", "3", "2"]);
    expect(user.texts()).toContain("Networks available");
    user.tap("Airplane mode");
    expect(values()).toEqual(["0", "1", "1"]);
  });

  test("Wi-Fi can be on in airplane mode", () => {
    user.tap("Network & internet");
    user.tap("Airplane mode");
    user.tap("Internet");
    user.tap("Wi-Fi");
    expect(user.setting("global", "wifi_on")).toBe("2");
    expect(user.find("AndroidWifi")).toBeDefined();
  });

  test.each([
    [1, "255", "100%"],
    [0, "1", "0%"],
  ])("sets the brightness by a tap at %p of the slider's width", (part, value, summary) => {
    user.tap("Display");
    user.tap("Brightness level");
    user.tapAt({ id: "slider" }, part);
    user.back();

    expect(user.setting("system", "screen_brightness")).toBe(value);
    expect(user.texts()).toContain(summary);
  });

  test("sets the brightness by a swipe along the slider", () => {
    user.tap("Display");
    user.tap("Brightness level");
    user.swipe({ id: "slider" }, [0.2, 0.5], [1, 0.5]);
    expect(user.setting("system", "screen_brightness")).toBe("255");
    user.swipe({ id: "slider" }, [0.8, 0.5], [0, 0.5]);
    expect(user.setting("system", "screen_brightness")).toBe("1");
  });

  test("sets the screen timeout", () => {
    user.tap("Display");
    user.tap("Screen timeout");
    user.tap("5 minutes");
    expect(user.setting("system", "screen_off_timeout")).toBe("300000");
    expect(user.texts()).toContain("After 5 minutes of inactivity");

    user.tap("Screen timeout");
    user.tap("Cancel");
    expect(user.setting("system", "screen_off_timeout")).toBe("300000");
  });

  test("names the phone, but not with nothing", () => {
    user.tap("About phone");
    user.tap("Device name");
    user.fillIn({ id: "edit" }, "  ");
    user.tap("OK");
    expect(user.setting("global", "device_name")).toBe("Pixel 6");
    user.fillIn({ id: "edit" }, "Kitchen phone");
    user.tap("OK");
    expect(user.setting("global", "device_name")).toBe("Kitchen phone");
    expect(user.texts()).toContain("Kitchen phone");
  });

  test("says which Android and which model it is", () => {
    user.tap("About phone");
    user.see("Model");
    expect(user.texts()).toContain("Pixel 6");
    user.see("Android version");
    user.see("13");
    user.see("Build number");
  });

  test("dark theme, location and Do Not Disturb write their keys", () => {
    user.tap("Display");
    user.tap("Dark theme");
    expect(user.setting("secure", "ui_night_mode")).toBe("2");
    user.back();
    user.tap("Location");
    user.tap("Use location");
    expect(user.setting("secure", "location_mode")).toBe("0");
    user.back();
    user.open("com.android.settings/.Settings$ZenModeSettingsActivity");
    user.tap("Use Do Not Disturb");
    expect(user.setting("global", "zen_mode")).toBe("1");
  });

  test("a volume slider writes its stream's key", () => {
    user.tap("Sound & vibration");
    user.tapAt({ desc: "Media volume" }, 1);
    user.tapAt({ desc: "Alarm volume" }, 0);
    expect(user.setting("system", "volume_music")).toBe("15");
    expect(user.setting("system", "volume_alarm")).toBe("0");
  });

  test("shows a slider for a setting that is no number", () => {
    user.device.phone.settings.put("system", "volume_music", "loud");
    user.device.phone.settings.put("system", "screen_brightness", "999");
    user.tap("Display");
    expect(user.texts()).toContain("100%");
    user.open("com.android.settings/.Settings$SoundSettingsActivity");
    user.tapAt({ desc: "Media volume" }, 0);
    expect(user.setting("system", "volume_music")).toBe("0");
  });

  test("finds a setting by its name", () => {
    user.tap("Search settings");
    user.type("timeout");
    user.tap("Screen timeout");
    expect(user.texts()).toContain("Dark theme");
    user.back();
    user.fillIn({ id: "open_search_view_edit_text" }, "qqq");
    expect(user.texts()).toContain("No results");
  });

  test("clears an app's storage after asking", () => {
    const note = "/data/data/com.google.android.contacts/files/note";
    user.device.phone.files.write(note, "kept?");
    user.tap("Apps");
    user.tap({ contains: "See all" });
    user.tap("Contacts");
    user.tap("Storage & cache");
    user.tap("Clear storage");
    user.tap("Cancel");
    expect(user.device.phone.files.exists(note)).toBe(true);
    user.tap("Clear storage");
    user.tap("OK");
    expect(user.device.phone.files.exists(note)).toBe(false);
  });

  test("stops an app that runs", () => {
    user.open("com.google.android.deskclock");
    user.open("com.android.settings");
    user.tap("Apps");
    user.tap({ contains: "See all" });
    user.tap("Clock");
    expect(user.device.phone.activities.appTasks()).toHaveLength(2);
    user.tap("Force stop");
    user.tap("OK");
    expect(user.device.phone.activities.appTasks()).toHaveLength(1);
    expect(user.see("Force stop").enabled).toBe(false);
  });

  test("back leads from a page to the page above", () => {
    user.tap("System");
    user.tap("Date & time");
    user.tap("Set time automatically");
    expect(user.setting("global", "auto_time")).toBe("1");
    user.back();
    expect(user.texts()).toContain("Backup");
    user.tap("Navigate up");
    expect(user.see("System")).toBeDefined();
  });
});

test.each([
  ["android.settings.SETTINGS", "Settings"],
  ["android.settings.WIFI_SETTINGS", "Wi-Fi"],
  ["android.settings.BLUETOOTH_SETTINGS", "Connection preferences"],
  ["android.settings.AIRPLANE_MODE_SETTINGS", "Airplane mode"],
  ["android.settings.DISPLAY_SETTINGS", "Dark theme"],
  ["android.settings.DEVICE_INFO_SETTINGS", "Device name"],
])("%s opens the page with %s", (action, text) => {
  const user = usePhone();
  expect(user.device.phone.activities.start({ action }).outcome).toBe("started");
  user.device.phone.windows.invalidate();
  expect(user.see(text)).toBeDefined();
  user.device.close();
});
