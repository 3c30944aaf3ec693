import { describe, expect, test } from "@jest/globals";
import Database from "better-sqlite3";
import fc from "fast-check";
import type { ApiArguments } from "../../src/action/index.ts";
import { type AppApi, loadApis, parseApis, performApi } from "../../src/api/index.ts";
import { sqlContains, sqlText, uriPart } from "../../src/api/encode.ts";
import type { Device, ShellResult } from "../../src/device/index.ts";
import { parseIntent } from "../../src/sim/shell/intent-arguments.ts";
import { fakeDevice } from "../support/fakes.ts";

const apis = await loadApis("emulators/apis");
const launchable = ["com.google.android.deskclock", "com.google.android.contacts", "com.android.messaging"];

/** A device that says the same to every command, and keeps the commands. */
function device(said: Partial<ShellResult> = {}): Device & { commands: string[][] } {
  const commands: string[][] = [];
  return {
    ...fakeDevice(),
    commands,
    apps: async () => launchable.map((name) => ({ package: name, activity: `${name}/.Main`, name })),
    async shell(argv) {
      commands.push([...argv]);
      return { stdout: "", stderr: "", exitCode: 0, ...said };
    },
  };
}

const call = (on: Device, name: string, args: ApiArguments, from: readonly AppApi[] = apis) =>
  performApi(on, from, { type: "callApi", name, args });

async function commandFor(name: string, args: ApiArguments): Promise<string[]> {
  const on = device();
  expect(await call(on, name, args)).toEqual({ ok: true });
  return on.commands[0]!;
}

/** Texts that no validation refuses. */
const anyText = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
const nasty = fc.oneof(
  anyText,
  fc.constantFrom(
    "--es",
    "-n",
    "'; DROP TABLE sms; --",
    "$(reboot)",
    "a:b:c",
    "%",
    "_",
    "\\",
    "''",
    "--user",
    "a\nb",
  ),
);

describe("a call", () => {
  test("becomes one command, for the app that is there", async () => {
    expect(await commandFor("clock.set-alarm", { hour: 7, minutes: 5, label: "Gym" })).toEqual([
      "am",
      "start",
      "-W",
      "-a",
      "android.intent.action.SET_ALARM",
      "--ei",
      "android.intent.extra.alarm.HOUR",
      "7",
      "--ei",
      "android.intent.extra.alarm.MINUTES",
      "5",
      "--es",
      "android.intent.extra.alarm.MESSAGE",
      "Gym",
      "--ez",
      "android.intent.extra.alarm.SKIP_UI",
      "true",
      "-p",
      "com.google.android.deskclock",
    ]);
    expect(await commandFor("settings.set-wifi", { state: "on" })).toEqual(["svc", "wifi", "enable"]);
    expect(await commandFor("settings.set-brightness", { level: 80 })).toEqual([
      "settings",
      "put",
      "system",
      "screen_brightness",
      "80",
    ]);
    expect(await commandFor("contacts.find-phones", {})).not.toContain("--where");
    expect(await commandFor("phone.dial", { number: "+48 (12) 34" })).toContain("tel:%2B48%20%2812%29%2034");
    expect(await commandFor("web.open", { address: "https://example.com/a b?q=1&r=(2)" })).toContain(
      "https://example.com/a%20b?q=1&r=(2)",
    );
  });

  test("asks the device what its clock shows in milliseconds", async () => {
    const on = device({ stdout: "1697383800\n" });
    const here = [{ ...apis.find(({ name }) => name === "calendar.compose")!, packages: [] }];
    await call(on, "calendar.compose", { title: "Gym", start: "2023-10-15 15:30" }, here);
    expect(on.commands[0]).toEqual(["date", "-d", "2023-10-15T15:30:00", "+%s"]);
    expect(on.commands[1]).toEqual(expect.arrayContaining(["--el", "beginTime", "1697383800000"]));
    expect(on.commands[1]).not.toContain("endTime");
  });

  test.each<[string, string, ApiArguments, string]>([
    ["an interface that is not offered", "sms.send", {}, 'the app interface "sms.send" is not offered'],
    ["arguments that do not fit", "clock.set-alarm", { hour: 24, minutes: 0 }, "hour is from 0 to 23"],
    ["an app that is not there", "calendar.compose", { title: "a", start: "x" }, "needs one of these apps"],
    ["a service code", "phone.dial", { number: "*#06#" }, "number is a phone number"],
    ["no number", "phone.dial", { number: "()" }, "number is a phone number"],
    ["an address of another kind", "web.open", { address: "file:///sdcard/a" }, "address is a web address"],
    ["an address with a password", "web.open", { address: "http://a:b@c" }, "address is a web address"],
    ["an address that is none", "web.open", { address: "example" }, "address is a web address"],
  ])("of %s is refused, and the device is not asked", async (_what, name, args, reason) => {
    const on = device();
    const result = await call(on, name, args);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(on.commands).toEqual([]);
  });

  test.each<[string, Partial<ShellResult>, string]>([
    ["am", { stderr: "Error: Activity not started, unable to resolve Intent { … }\n" }, "unable to resolve"],
    ["am", { stdout: "Starting: Intent { }\nError type 3\n", exitCode: 1 }, "Error type 3"],
    ["a service", { stderr: "java.lang.SecurityException: Permission Denial: no\n" }, "Permission Denial"],
    ["a command that is not there", { stderr: "svc: not found\n", exitCode: 127 }, "svc: not found"],
    ["a command that says nothing", { exitCode: 3 }, "exit code 3"],
  ])("is refused where %s says no", async (_what, said, reason) => {
    const result = await call(device(said), "clock.set-alarm", { hour: 7, minutes: 0 });
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(`clock.set-alarm: `) });
    expect(result).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  test("gives what was read, whatever its words, and no more than can be told", async () => {
    const row = "Row: 0 address=555, date=1, body=java.lang.Exception\nError: not one";
    expect(await call(device({ stdout: `${row}\n` }), "sms.read-inbox", {})).toEqual({
      ok: true,
      output: row,
    });
    const { output } = (await call(
      device({ stdout: `Row: 0 ${"🙂".repeat(2000)}` }),
      "sms.read-inbox",
      {},
    )) as {
      output: string;
    };
    expect(output).toMatch(/^Row: 0 🙂+… \(\d{4} more characters\)$/u);
    expect(output.length).toBeLessThan(2100);
  });

  test("of an intent gives nothing: what `am` prints is not the app's", async () => {
    const said = { stdout: "Starting: Intent { act=Exception }\nStatus: ok\nComplete\n" };
    expect(await call(device(said), "clock.set-alarm", { hour: 7, minutes: 0 })).toEqual({ ok: true });
  });
});

describe("whatever text an argument holds,", () => {
  test("an intent's extra holds just that", async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (label) => {
        const argv = await commandFor("clock.set-alarm", { hour: 7, minutes: 0, label });
        const { intent, flags } = parseIntent(argv.slice(2), ["-W"]);
        expect(flags).toEqual(new Set(["-W"]));
        expect(intent).toEqual({
          action: "android.intent.action.SET_ALARM",
          package: "com.google.android.deskclock",
          extras: {
            "android.intent.extra.alarm.HOUR": 7,
            "android.intent.extra.alarm.MINUTES": 0,
            "android.intent.extra.alarm.MESSAGE": label,
            "android.intent.extra.alarm.SKIP_UI": true,
          },
        });
      }),
    );
  });

  test("a part of a URI is read back as just that, and nothing of it is the URI's own", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(uriPart(text)).toMatch(/^[\w.~%-]*$/u);
        expect(decodeURIComponent(uriPart(text))).toBe(text);
      }),
    );
  });

  test("a condition is met by rows with that text alone", () => {
    const db = new Database(":memory:");
    db.exec("CREATE TABLE sms (body TEXT)");
    const insert = db.prepare("INSERT INTO sms VALUES (?)");
    fc.assert(
      fc.property(nasty, nasty, (text, other) => {
        db.exec("DELETE FROM sms");
        for (const body of [text, other, `<${text}>`]) insert.run(body);
        const bodies = (condition: string) =>
          db.prepare(`SELECT body FROM sms WHERE ${condition}`).pluck().all() as string[];
        expect(bodies(`body = ${sqlText(text)}`)).toEqual([text, other].filter((body) => body === text));
        // LIKE does not mind the case of ASCII letters.
        const plain = (value: string) => value.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
        expect(bodies(sqlContains("body", text))).toEqual(
          [text, other, `<${text}>`].filter((body) => plain(body).includes(plain(text))),
        );
      }),
    );
    db.close();
  });

  test("a content provider is bound to just that", async () => {
    const [api] = parseApis(
      [
        "apis:",
        "  - name: sms.draft",
        "    description: Keep a draft",
        "    permission: sms.write",
        "    params: { text: { type: string, description: Text }, at: { type: string, description: Sender } }",
        "    content:",
        "      update: content://sms/draft",
        '      values: { body: { string: "{text}" } }',
        '      where: { address: "{at}" }',
      ].join("\n"),
      "sms.yaml",
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (text, at) => {
        const on = device();
        await call(on, "sms.draft", { text, at }, [api!]);
        expect(on.commands[0]).toEqual([
          "content",
          "update",
          "--uri",
          "content://sms/draft",
          "--bind",
          `body:s:${text}`,
          "--where",
          `address = '${at.replaceAll("'", "''")}'`,
        ]);
      }),
    );
  });

  test("a setting is never an option", async () => {
    const [api] = parseApis(
      [
        "apis:",
        "  - name: device.rename",
        "    description: Name the device",
        "    permission: settings.write",
        "    params: { name: { type: string, description: Its name } }",
        '    setting: { namespace: global, key: device_name, value: "{name}" }',
      ].join("\n"),
      "device.yaml",
    );
    const on = device();
    expect(await call(on, "device.rename", { name: "--user" }, [api!])).toMatchObject({ ok: false });
    expect(on.commands).toEqual([]);
    expect(await call(on, "device.rename", { name: "-1" }, [api!])).toEqual({ ok: true });
  });
});
