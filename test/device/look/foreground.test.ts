import { expect, test } from "@jest/globals";
import { parseForeground } from "../../../src/device/look/foreground.ts";

const app = "  mFocusedApp=ActivityRecord{9f2 u0 com.android.settings/.Settings t12}\n";

test("the focused window of the display that has one", () => {
  const text = `  mCurrentFocus=null\n  mCurrentFocus=Window{a1 u0 com.android.settings/com.android.settings.Settings}\n${app}`;
  expect(parseForeground(text)).toEqual({
    package: "com.android.settings",
    activity: ".Settings",
    systemDialog: "",
    keyboardShown: false,
    secure: false,
  });
});

test.each([
  ["a pop-up belongs to the app under it", "PopupWindow:af31", "com.android.settings", ".Settings"],
  ["the notification shade is the system's", "NotificationShade", "com.android.systemui", ""],
  ["a class outside its package keeps its name", "com.a/org.b.Main", "com.a", "org.b.Main"],
])("%s", (_, title, packageName, activity) => {
  expect(parseForeground(`mCurrentFocus=Window{a1 u0 ${title}}\n${app}`)).toMatchObject({
    package: packageName,
    activity: activity === "" ? expect.anything() : activity,
  });
});

test("a crash dialog is told from the app it is about", () => {
  const title = "Application Not Responding: com.android.settings";
  expect(parseForeground(`mCurrentFocus=Window{a1 u0 ${title}}\n${app}`).systemDialog).toBe(title);
});

test("nothing has the focus while an app starts", () => {
  expect(parseForeground(`mCurrentFocus=null\n${app}`)).toMatchObject({ package: "", activity: "" });
});

test("the keyboard", () => {
  expect(parseForeground("  mShowRequested=true mInputShown=true").keyboardShown).toBe(true);
});

test.each([
  ["by name", "fl=LAYOUT_IN_SCREEN SECURE HARDWARE_ACCELERATED", true],
  ["by number", "fl=#81812000 fmt=-1", true],
  ["not by name", "fl=LAYOUT_IN_SCREEN", false],
  ["not by number", "fl=#81810100", false],
])("a window that forbids pictures: %s", (_, flags, secure) => {
  const text = `Window #1 Window{b2 u0 x/.Y}:\n  fl=SECURE\n  Window #2 Window{a1 u0 com.a/.B}:\n    mAttrs={x}\n      ${flags}\n  Window #3 Window{c3 u0 z}:\n  fl=SECURE\n  mCurrentFocus=Window{a1 u0 com.a/.B}\n`;
  expect(parseForeground(text).secure).toBe(secure);
});
