import { describe, expect, test } from "@jest/globals";
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
  expect(parseForeground(`mCurrentFocus=Window{a1 u0 ${title}}\n${app}`)).toMatchObject({
    package: "android",
    activity: "",
    systemDialog: title,
  });
});

const notes = { package: "com.example.notes", activity: ".Edit" };
/** Titles and records in the forms in which Android 8 to 16 print them. */
test.each([
  ["a window on its way out", "com.example.notes/com.example.notes.Edit EXITING", ""],
  [
    "a window of a process attached to the activity's",
    "AtchDlg:com.example.notes/com.example.notes.Edit",
    "",
  ],
  ["a panel", "Panel:com.example.notes/com.example.notes.Edit", "com.example.notes"],
  ["a pop-up of Compose", "Pop-Up Window", "com.example.notes"],
  ["a dialog whose title is a sentence", "Move to Work/Home?", "com.example.notes"],
  ["a dialog whose title has a brace", "Insert {name}", "com.example.notes"],
])("the app is in front with %s", (_, title, owner) => {
  const records = [
    "ActivityRecord{5c u0 com.example.notes/.Edit t9}",
    "ActivityRecord{5c u0 com.example.notes/.Edit} t9}",
    "AppWindowToken{7d token=Token{8e ActivityRecord{5c u0 com.example.notes/.Edit t9}}}",
  ];
  for (const record of records) {
    const text = [
      `  mCurrentFocus=Window{a1 u0 ${title}}`,
      `  mFocusedApp=${record}`,
      `  Window #3 Window{a1 u0 ${title}}:`,
      ...(owner === "" ? [] : [`    mOwnerUid=10101 showForAllUsers=false package=${owner} appop=NONE`]),
      "  Window #4 Window{b2 u0 com.example.mail/com.example.mail.Inbox}:",
      "    mOwnerUid=10102 showForAllUsers=false package=com.example.mail appop=NONE",
    ].join("\n");
    expect(parseForeground(text)).toMatchObject(notes);
  }
});

test.each([
  ["the system's own, without a title of its own", "com.android.systemui", "com.android.systemui"],
  [
    "the system's own, titled by its type",
    "Sys2009:com.example.notes/com.example.notes.Edit",
    "com.android.systemui",
  ],
  ["the window of another app over it", "Sys2038", "com.example.bubbles"],
])("a window with the focus that is not the app's: %s", (_, title, owner) => {
  const text = [
    `  mCurrentFocus=Window{a1 u0 ${title}}`,
    "  mFocusedApp=ActivityRecord{5c u0 com.example.notes/.Edit t9}",
    `  Window #0 Window{a1 u0 ${title}}:`,
    `    mOwnerUid=10170 mShowToOwnerOnly=true package=${owner} appop=NONE`,
  ].join("\n");
  expect(parseForeground(text)).toMatchObject({ package: owner, activity: "" });
});

test("the app under a pop-up is that of the same display", () => {
  const text = [
    "  mCurrentFocus=Window{a1 u0 PopupWindow:8c1}",
    "  mFocusedApp=ActivityRecord{5c u0 com.example.notes/.Edit t9}",
    "  mCurrentFocus=null",
    "  mFocusedApp=ActivityRecord{6d u0 com.example.clock/.Big t10}",
  ].join("\n");
  expect(parseForeground(text)).toMatchObject(notes);
});

test("nothing has the focus while an app starts", () => {
  expect(parseForeground(`mCurrentFocus=null\n${app}`)).toMatchObject({ package: "", activity: "" });
});

describe("after an app did not respond", () => {
  const frozen = [
    "  Window #0 Window{a1 u0 com.example.mail/com.example.mail.Inbox}:",
    "      fl=SECURE",
    "  mCurrentFocus=Window{a1 u0 com.example.mail/com.example.mail.Inbox}",
    "  mFocusedApp=ActivityRecord{4d u0 com.example.mail/.Inbox t3}",
    "WINDOW MANAGER POLICY STATE (dumpsys window policy)",
  ];

  test("what was in front then is not in front while nothing is", () => {
    const text = [...frozen, "  mCurrentFocus=null", app].join("\n");
    expect(parseForeground(text)).toMatchObject({ package: "", activity: "" });
  });

  test("what its window was then is not what it is", () => {
    const live = [
      "  mCurrentFocus=Window{a1 u0 com.example.mail/com.example.mail.Inbox}",
      "  Window #0 Window{a1 u0 com.example.mail/com.example.mail.Inbox}:",
      "      fl=LAYOUT_IN_SCREEN",
    ];
    const text = [...frozen, ...live].join("\n");
    expect(parseForeground(text)).toMatchObject({ package: "com.example.mail", secure: false });
  });
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
