import { describe, expect, test } from "@jest/globals";
import { infraError } from "../../../src/errors.ts";
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
  const start = (am: Reply): Promise<string | undefined> =>
    startApp(apps[0]!, commandsOver(fakeTransport([[/^am/, am]]).transport, 1000));

  test.each([
    ["it was not running", "Starting: Intent { cmp=com.a/.ExceptionActivity }\nStatus: ok\nComplete\n"],
    ["it was running", "Warning: Activity not started, its current task has been brought to the front\n"],
    ["it took long to draw itself", "Starting: Intent { }\nStatus: timeout\nComplete\n"],
  ])("succeeds where %s", async (_, stdout) => {
    expect(await start({ stdout })).toBeUndefined();
  });

  test.each([
    [
      { stderr: "Error type 3\nError: Activity class {a/a.B} does not exist.\n", exitCode: 1 },
      "Error: Activity class {a/a.B} does not exist.",
    ],
    [
      { stdout: "Starting: Intent { }\n", stderr: "Error: Activity class {a/a.B} does not exist.\n" },
      "Error: Activity class {a/a.B} does not exist.",
    ],
    [
      {
        stderr: "\njava.lang.SecurityException: Permission Denial: starting Intent { }\n\tat x\n",
        exitCode: 255,
      },
      "java.lang.SecurityException: Permission Denial: starting Intent { }",
    ],
    [{ exitCode: 137 }, "am start ended with exit code 137"],
  ])("tells what the device says against it: %j", async (am, said) => {
    expect(await start(am)).toBe(said);
  });

  test("does not wait for ever for an activity that never draws", async () => {
    const { transport } = fakeTransport([]);
    const bounds: number[] = [];
    const waiting = {
      ...transport,
      run: (_: string, { timeoutMs }: { timeoutMs: number }) => {
        bounds.push(timeoutMs);
        return Promise.reject(infraError("DEVICE_TIMEOUT", "no answer"));
      },
    };
    expect(await startApp(apps[0]!, commandsOver(waiting, 30_000))).toBeUndefined();
    expect(bounds[0]).toBeLessThan(30_000);
  });
});
