import { describe, expect, test } from "@jest/globals";
import { findApp, launchableApps, startApp } from "../../../src/device/act/apps.ts";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { nameOf } from "../../../src/device/act/known-apps.ts";
import { fakeTransport, type Reply } from "../adb/support.ts";

const app = (packageName: string): { package: string; activity: string; name: string } => ({
  package: packageName,
  activity: `${packageName}/.Main`,
  name: nameOf(packageName),
});
const apps = [
  "com.android.settings",
  "com.google.android.deskclock",
  "com.google.android.contacts",
  "com.google.android.documentsui",
  "com.simplemobiletools.calendar.pro",
  "com.simplemobiletools.draw.pro",
  "com.simplemobiletools.smsmessenger",
  "net.gsantner.markor",
  "org.example.notepad",
].map(app);

test.each([
  ["Settings", "com.android.settings"],
  ["the settings app", "com.android.settings"],
  ["net.gsantner.markor", "net.gsantner.markor"],
  ["Simple Calendar", "com.simplemobiletools.calendar.pro"],
  ["SIMPLE CALENDAR PRO", "com.simplemobiletools.calendar.pro"],
  ["Calendar app", "com.simplemobiletools.calendar.pro"],
  ["Messages", "com.simplemobiletools.smsmessenger"],
  ["Google Contacts", "com.google.android.contacts"],
  ["Contcats", "com.google.android.contacts"],
  ["File Manager", "com.google.android.documentsui"],
  ["notepad", "org.example.notepad"],
])("%s is %s", (name, packageName) => {
  expect(findApp(name, apps)).toMatchObject({ ok: true, app: { package: packageName } });
});

describe("a refusal", () => {
  test("names the apps that fit equally well", () => {
    expect(findApp("Simple", apps)).toEqual({
      ok: false,
      reason: expect.stringContaining(
        "Simple Calendar Pro (com.simplemobiletools.calendar.pro), Simple Draw Pro",
      ),
    });
  });

  test.each(["Netflix", "", "  "])("names what there is instead of %j", (name) => {
    expect(findApp(name, apps)).toEqual({
      ok: false,
      reason: expect.stringContaining("it has Settings, Clock"),
    });
  });
});

test("launchable apps are read with and without --brief's detail", async () => {
  const { transport } = fakeTransport([
    [
      /query-activities/,
      "2 activities found:\n  Activity #0:\n    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false\n    net.gsantner.markor/.activity.MainActivity\n  Activity #1:\n    com.android.settings/.Settings\n    com.android.settings/.Second\n",
    ],
  ]);
  expect(await launchableApps(commandsOver(transport, 1000))).toEqual([
    { package: "com.android.settings", activity: "com.android.settings/.Settings", name: "Settings" },
    {
      package: "net.gsantner.markor",
      activity: "net.gsantner.markor/.activity.MainActivity",
      name: "Markor",
    },
  ]);
});

describe("starting an app", () => {
  const start = (am: Reply, monkey: Reply): Promise<string | undefined> =>
    startApp(
      apps[0]!,
      commandsOver(
        fakeTransport([
          [/^am/, am],
          [/^monkey/, monkey],
        ]).transport,
        1000,
      ),
    );

  test("falls back to the launcher's way", async () => {
    expect(await start("Starting: Intent\nStatus: ok", { exitCode: 1 })).toBeUndefined();
    expect(
      await start("Warning: Activity not started, its current task has been brought to the front", ""),
    ).toBeUndefined();
    expect(
      await start({ stderr: "java.lang.SecurityException: Permission Denial" }, "Events injected: 1"),
    ).toBeUndefined();
  });

  test("tells what the device said when nothing helps", async () => {
    const nothing = { stdout: "** No activities found to run, monkey aborted.", exitCode: 252 };
    expect(await start({ stderr: "Error: Activity class {x} does not exist." }, nothing)).toBe(
      "Error: Activity class {x} does not exist.",
    );
  });
});
