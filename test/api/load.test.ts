import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { loadApis, parseApis } from "../../src/api/index.ts";
import { newFolder, removeFolders } from "../support/folder.ts";

afterEach(removeFolders);

/** One interface, with these lines in it. */
const file = (...lines: string[]) =>
  ["apis:", "  - name: app.do", "    description: Do it", "    permission: app.write", ...lines].join("\n");
const param = (spec: string) => `    params: { x: ${spec} }`;
const text = param("{ type: string, description: Text }");

function problemIn(...lines: string[]): string {
  try {
    parseApis(file(...lines), "app.yaml");
  } catch (error) {
    expect(error).toMatchObject({ code: "API_FILE_INVALID", class: "config" });
    return (error as Error).message;
  }
  throw new Error("the file was taken");
}

describe("the interfaces that come with androidgen", () => {
  test("are read, with their permissions", async () => {
    const apis = await loadApis("emulators/apis");
    expect(apis.map(({ name, permission }) => `${name} ${permission}`)).toEqual([
      "calendar.compose calendar.compose",
      "clock.set-alarm alarms.write",
      "clock.set-timer alarms.write",
      "contacts.compose contacts.compose",
      "contacts.find-phones contacts.read",
      "phone.dial phone.dial",
      "settings.set-wifi settings.write",
      "settings.set-bluetooth settings.write",
      "settings.set-airplane-mode settings.write",
      "settings.set-dark-theme settings.write",
      "settings.set-brightness settings.write",
      "settings.set-adaptive-brightness settings.write",
      "settings.set-screen-timeout settings.write",
      "settings.get-brightness settings.read",
      "settings.get-screen-timeout settings.read",
      "sms.compose sms.compose",
      "sms.read-inbox sms.read",
      "web.open web.open",
    ]);
  });
});

describe("a file of app interfaces", () => {
  test("tells what the device is asked", () => {
    const [api] = parseApis(
      file(
        param("{ type: integer, description: Level, min: 0, max: 9 }"),
        "    setting: { namespace: system, key: volume, value: '{x}' }",
      ),
      "app.yaml",
    );
    expect(api).toEqual({
      name: "app.do",
      description: "Do it",
      permission: "app.write",
      packages: [],
      params: [
        { name: "x", type: "number", whole: true, description: "Level", optional: false, min: 0, max: 9 },
      ],
      way: { kind: "setting", setting: { namespace: "system", key: "volume", value: "{x}" } },
    });
  });

  test.each<[string, string, string[]]>([
    ["no way", "app.yaml:2: apis[0]: needs exactly one of intent, deepLink, setting, content, service", []],
    [
      "two ways",
      "needs exactly one of",
      ["    deepLink: 'app:go'", "    setting: { namespace: system, key: volume }"],
    ],
    [
      "a hole without parameter",
      "app.yaml:5: apis[0].deepLink: {y} is not a parameter",
      ["    deepLink: 'app:{y}'"],
    ],
    [
      "an optional hole in an address",
      "{x} must not be optional here",
      [param("{ type: string, description: X, optional: true }"), "    deepLink: 'app:{x}'"],
    ],
    [
      "a text where a number belongs",
      "{x} must be an integer here",
      [text, "    intent: { action: a.B, extras: { hour: { int: '{x}' } } }"],
    ],
    [
      "a value of two types",
      "one value with its type",
      ["    intent: { action: a.B, extras: { hour: { int: 1, long: 1 } } }"],
    ],
    [
      "any text as a word of a command",
      "{x} must be a word of its own, with choices, here",
      [text, "    service: [svc, wifi, '{x}']"],
    ],
    ["another command", "a command of svc or cmd", ["    service: [sh, -c, reboot]"]],
    [
      "a delete of everything",
      "without a condition every row would be met by this delete",
      ["    content: { delete: 'content://sms' }"],
    ],
    [
      "a condition that may fall away from an update",
      "{x} must not be optional here",
      [
        param("{ type: string, description: X, optional: true }"),
        "    content: { update: 'content://sms', values: { read: { int: 1 } }, where: { address: '{x}' } }",
      ],
    ],
    [
      "a column that is SQL",
      "a column's name",
      ["    content: { query: 'content://sms', columns: ['1; DROP TABLE sms'] }"],
    ],
    ["a query of nothing", "a query names its columns", ["    content: { query: 'content://sms' }"]],
    [
      "choices of another type",
      "its choices are not of the type integer",
      [param("{ type: integer, description: X, choices: [a] }"), "    deepLink: 'app:{x}'"],
    ],
    [
      "a format of a number",
      "only a string has a format",
      [param("{ type: number, description: X, format: phone }"), "    deepLink: 'app:{x}'"],
    ],
    ["a word that it does not know", "Unrecognized key", ["    deepLink: 'app:go'", "    shell: reboot"]],
  ])("with %s is refused, by line", (_what, problem, lines) => {
    expect(problemIn(...lines)).toContain(problem);
  });

  test("that is no YAML is refused, by line", () => {
    expect(() => parseApis("apis:\n  - {", "app.yaml")).toThrow(
      expect.objectContaining({
        code: "API_FILE_INVALID",
        message: expect.stringMatching(/^app\.yaml:\d+: /u),
      }),
    );
  });

  test("declares no name that another one declares", async () => {
    const folder = await newFolder();
    const one = file("    deepLink: 'app:go'");
    await writeFile(path.join(folder, "a.yaml"), one);
    await writeFile(path.join(folder, "b.yaml"), one);
    await writeFile(path.join(folder, "notes.txt"), "not read");
    await expect(loadApis(folder)).rejects.toMatchObject({
      code: "API_FILE_INVALID",
      message: expect.stringMatching(/b\.yaml: app\.do is declared in .*a\.yaml already/u),
    });
    expect(() => parseApis(`${one}\n${one.slice("apis:\n".length)}`, "c.yaml")).toThrow(
      /c\.yaml:6: apis\[1\]\.name: app\.do is declared above already/u,
    );
  });

  test("and its folder must be readable", async () => {
    const folder = await newFolder();
    await expect(loadApis(path.join(folder, "none"))).rejects.toMatchObject({ code: "API_FILE_INVALID" });
    await mkdir(path.join(folder, "folder.yaml"));
    await expect(loadApis(folder)).rejects.toMatchObject({ code: "API_FILE_INVALID", class: "config" });
  });
});
