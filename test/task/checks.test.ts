import { describe, expect, test } from "@jest/globals";
import type { Device, ShellResult } from "../../src/device/index.ts";
import { infraError } from "../../src/errors.ts";
import { drawInstance, parseSuite, runChecks, setUpTask } from "../../src/task/index.ts";
import { fakeElement, fakeInfo, fakeScreen } from "../support/fakes.ts";

/** A device that answers commands from a table and remembers what it was asked. */
function deviceThat(answers: Record<string, Partial<ShellResult>>, files: Record<string, string> = {}) {
  const asked: string[][] = [];
  const pushed: Record<string, string> = {};
  const device = {
    info: fakeInfo("fake"),
    shell: async (argv: readonly string[]) => {
      asked.push([...argv]);
      const answer = answers[argv.join(" ")] ?? { stderr: `unexpected: ${argv.join(" ")}`, exitCode: 1 };
      return { stdout: "", stderr: "", exitCode: 0, ...answer };
    },
    pull: async (path: string) => Buffer.from(files[path] ?? ""),
    push: async (content: Buffer, path: string) => {
      pushed[path] = content.toString();
    },
  } as unknown as Device;
  return { device, asked, pushed };
}

function instanceOf(body: string) {
  const text = `name: t\ntasks:\n  - id: a\n    goal: x\n    apps: [X]\n${body.replaceAll(/^/gm, "    ")}\n`;
  return drawInstance(parseSuite(text, "s.yaml").templates[0]!, 0, 1);
}

const withChecks = (check: string) => instanceOf(`checks: [${check}]`);

async function passes(check: string, device: Device, answer?: string): Promise<boolean> {
  const screen = {
    ...fakeScreen(1),
    package: "com.android.settings",
    activity: ".Settings",
    elements: [{ ...fakeElement(0, "Network & internet\nMobile, Wi-Fi"), checked: true }],
  };
  const [result] = await runChecks(device, withChecks(check), screen, answer);
  return result!.passed;
}

describe("checks", () => {
  test.each([
    ["{ setting: { namespace: global, key: wifi_on, equals: 1 } }", true],
    ["{ setting: { namespace: global, key: wifi_on, equals: 0 } }", false],
    ["{ sqlite: { db: /d.db, query: SELECT 1, equals: 3 } }", true],
    ["{ sqlite: { db: /none.db, query: SELECT 1, equals: 3 } }", false],
    ["{ content: { uri: 'content://sms', row: { address: { phone: '+1 555' }, body: hi } } }", true],
    ["{ content: { uri: 'content://sms', row: { address: '1666', body: hi } } }", false],
    ["{ content: { uri: 'content://sms', row: { address: '1777', body: x }, count: 0 } }", true],
    ["{ content: { uri: 'content://sms', row: { address: { matches: '.' }, body: hi }, count: 1 } }", true],
    ["{ file: { path: /there, exists: true } }", true],
    ["{ file: { path: /gone, exists: true } }", false],
    ["{ file: { path: /gone, exists: false } }", true],
    ["{ file: { path: /there, contains: wor } }", true],
    ["{ file: { path: /gone, contains: '' } }", false],
    ["{ foreground: { package: com.android.settings } }", true],
    ["{ foreground: { package: com.android.settings, activity: .Other } }", false],
    ["{ element: { text: 'Mobile, Wi-Fi' } }", true],
    ["{ element: { text: Mobile } }", false],
    ["{ element: { textContains: internet, checked: true } }", true],
    ["{ element: { textMatches: '^Mobile', checked: false } }", false],
    ["{ element: { text: Bluetooth, present: false } }", true],
    ["{ shell: { argv: [test, -e, /gone], exitCode: 1 } }", true],
    ["{ shell: { argv: [test, -e, /there], exitCode: 1 } }", false],
    ["{ answer: { equals: thirteen } }", true],
    ["{ answer: { equals: twelve } }", false],
  ])("%s: %s", async (check, result) => {
    const { device } = deviceThat(
      {
        "settings get global wifi_on": { stdout: "1\n" },
        "sqlite3 /d.db SELECT 1": { stdout: "3\n" },
        "content query --uri content://sms --projection address:body": {
          stdout: "Row: 0 address=1555, body=hi\nRow: 1 address=1666, body=ho\n",
        },
        "test -e /there": {},
        "test -e /gone": { exitCode: 1 },
      },
      { "/there": "hello world" },
    );
    expect(await passes(check, device, "Thirteen.")).toBe(result);
  });

  test("no answer is no success", async () => {
    expect(await passes("{ answer: { contains: '' } }", deviceThat({}).device)).toBe(false);
  });

  test("a provider that cannot be read is a failure of the device, not of the agent", async () => {
    const { device } = deviceThat({
      "content query --uri content://sms --projection body": { stdout: "[ERROR] Unsupported argument\n" },
    });
    await expect(
      passes("{ content: { uri: 'content://sms', row: { body: hi } } }", device),
    ).rejects.toMatchObject({
      code: "CONTENT_QUERY",
      class: "infra",
    });
  });
});

describe("a device that cannot be read", () => {
  test.each([
    ["{ setting: { namespace: global, key: wifi_on, equals: 1 } }", "cmd: Can't find service: settings", 20],
    ["{ sqlite: { db: /d.db, query: SELECT 1, equals: 3 } }", "sqlite3: inaccessible or not found", 127],
    ["{ sqlite: { db: /d.db, query: SELECT 1, equals: 3 } }", "Error: database is locked", 5],
    ["{ file: { path: /there, exists: false } }", "test: not found", 127],
  ])("gives no verdict on %s: %s", async (check, stderr, exitCode) => {
    const device = {
      ...deviceThat({}).device,
      shell: async () => ({ stdout: "", stderr, exitCode }),
    };
    await expect(passes(check, device)).rejects.toMatchObject({
      code: "CHECK_UNREADABLE",
      class: "infra",
      message: expect.stringContaining(stderr),
    });
  });
});

describe("set-up", () => {
  const withSetup = (setup: string) => instanceOf(`setup: [${setup}]\nchecks: [{ answer: { equals: 1 } }]`);

  test("radios are switched, other settings written, files pushed, dates set", async () => {
    const { device, asked, pushed } = deviceThat({
      "svc wifi disable": {},
      "touch /sdcard/$(reboot).txt": {},
      "settings put system screen_brightness 10": {},
      "date 101515342023.00": {},
    });
    await setUpTask(
      device,
      withSetup(
        `{ setting: { namespace: global, key: wifi_on, value: 0 } },
         { setting: { namespace: system, key: screen_brightness, value: 10 } },
         { file: { path: "/sdcard/$(reboot).txt", text: "a 'quoted' text" } },
         { date: "2023-10-15T15:34:00" }`,
      ),
    );
    expect(asked.map((argv) => argv[0])).toEqual(["svc", "settings", "touch", "date"]);
    expect(pushed).toEqual({ "/sdcard/$(reboot).txt": "a 'quoted' text" });
  });

  test("a contact is a raw contact with two rows of data", async () => {
    const raw = "content://com.android.contacts/raw_contacts";
    const data = "content insert --uri content://com.android.contacts/data --bind raw_contact_id:l:12";
    const { device, asked } = deviceThat({
      [`content insert --uri ${raw} --bind account_type:s: --bind account_name:s:`]: {},
      [`content query --uri ${raw} --projection _id`]: { stdout: "Row: 0 _id=3\nRow: 1 _id=12\n" },
      [`${data} --bind mimetype:s:vnd.android.cursor.item/name --bind data1:s:Ann O'Hara`]: {},
      [`${data} --bind mimetype:s:vnd.android.cursor.item/phone_v2 --bind data1:s:+1555 --bind data2:l:2`]:
        {},
    });
    await setUpTask(device, withSetup(`{ contact: { name: "Ann O'Hara", phone: "+1555" } }`));
    expect(asked).toHaveLength(4);
  });

  test("a step that fails names the task, the command and what the device said", async () => {
    const { device } = deviceThat({ "pm clear com.none": { stdout: "Failed\n", exitCode: 1 } });
    await expect(setUpTask(device, withSetup("{ clearApp: com.none }"))).rejects.toMatchObject({
      code: "TASK_SETUP",
      class: "infra",
      message: "fake: setting up a#0: pm clear com.none: Failed",
    });
  });

  test("a provider or a folder that refuses is a step that fails, a device that is gone is not", async () => {
    const refusing = deviceThat({
      "content delete --uri content://none": { stdout: "[ERROR] Unknown URL" },
    }).device;
    const step = "{ contentDelete: { uri: 'content://none' } }";
    await expect(setUpTask(refusing, withSetup(step))).rejects.toMatchObject({
      code: "TASK_SETUP",
      message: expect.stringMatching(/a#0.*Unknown URL/),
    });
    const throwing = (code: string) =>
      ({
        ...refusing,
        push: () => Promise.reject(infraError(code, "read-only file system")),
      }) satisfies Device;
    const file = withSetup("{ file: { path: /sdcard/a.txt, text: x } }");
    await expect(setUpTask(throwing("PUSH_FAILED"), file)).rejects.toMatchObject({ code: "TASK_SETUP" });
    await expect(setUpTask(throwing("DEVICE_GONE"), file)).rejects.toMatchObject({ code: "DEVICE_GONE" });
  });
});
