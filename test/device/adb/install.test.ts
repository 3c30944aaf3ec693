import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { installApp } from "../../../src/device/adb/install.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { fakeTransport, info } from "./support.ts";

let base: string;
let part: string;
beforeAll(async () => {
  const folder = await newFolder();
  [base, part] = [join(folder, "base.apk"), join(folder, "part.apk")];
  await writeFile(base, "base");
  await writeFile(part, "a part");
});
afterAll(removeFolders);

/** A package manager that says `answers`, and what it was asked; pushed and streamed bytes are in `files`. */
function device(features: string[], answers: [RegExp, string][]) {
  const files: string[] = [];
  const { transport, commands } = fakeTransport([...answers, [/^rm /u, ""]]);
  const withFiles: AdbTransport = {
    ...transport,
    features,
    async exec(command, options) {
      const read: Buffer[] = [];
      for await (const block of options.input ?? []) read.push(block);
      files.push(Buffer.concat(read).toString());
      return transport.exec(command, options);
    },
    async push(content) {
      files.push(content.toString());
    },
  };
  return { transport: withFiles, files, asked: () => commands.map((command) => command.replaceAll("'", "")) };
}

const options = { timeoutMs: 5000 };

describe("a device with cmd", () => {
  test("is streamed the app", async () => {
    const { transport, files, asked } = device(["cmd"], [[/install/u, "Success\n"]]);
    await installApp(transport, [base], options);
    expect(asked()).toEqual(["cmd package install -r -g -S 4"]);
    expect(files).toEqual(["base"]);
  });

  test("is streamed the parts of an app into one session", async () => {
    const { transport, files, asked } = device(
      ["cmd"],
      [
        [/create/u, "Success: created install session [77]\n"],
        [/write/u, "Success: streamed 4 bytes\n"],
        [/commit/u, "Success\n"],
      ],
    );
    await installApp(transport, [base, part], options);
    expect(asked()).toEqual([
      "pm install-create -r -g -S 10",
      "cmd package install-write -S 4 77 0.apk -",
      "cmd package install-write -S 6 77 1.apk -",
      "pm install-commit 77",
    ]);
    expect(files).toEqual(["base", "a part"]);
  });

  test.each([
    ["write", "Error: java.io.IOException: No space left\n", "No space left"],
    ["commit", "Failure [INSTALL_FAILED_MISSING_SPLIT: Missing split]\n", "INSTALL_FAILED_MISSING_SPLIT"],
  ])("has its session abandoned when %s fails", async (step, said, reason) => {
    const { transport, asked } = device(
      ["cmd"],
      [
        [new RegExp(step, "u"), said],
        [/create/u, "Success: created install session [77]\n"],
        [/write|abandon/u, "Success\n"],
      ],
    );
    await expect(installApp(transport, [base, part], options)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      class: "infra",
      message: expect.stringContaining(`installing base.apk, part.apk on ${info.serial}: `),
    });
    await expect(installApp(transport, [base, part], options)).rejects.toThrow(reason);
    expect(asked().at(-1)).toBe("pm install-abandon 77");
  });
});

describe("a device before cmd, which Android 7 brought", () => {
  test("is given the app as a file that does not stay", async () => {
    const { transport, files, asked } = device([], [[/^pm/u, "\tpkg: /data/local/tmp/x.apk\nSuccess\n"]]);
    await installApp(transport, [base], options);
    const remote = /androidgen-\w+\.apk/u.exec(asked()[0]!)?.[0];
    expect(asked()).toEqual([
      `pm install -r -g /data/local/tmp/${remote}`,
      `rm -f /data/local/tmp/${remote}`,
    ]);
    expect(files).toEqual(["base"]);
  });

  test("says why not with exit code 0, and keeps no file", async () => {
    const { transport, asked } = device(
      [],
      [[/^pm/u, "\tpkg: /data/local/tmp/x.apk\nFailure [INSTALL_FAILED_OLDER_SDK]\n"]],
    );
    await expect(installApp(transport, [base], options)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      message: expect.stringMatching(/: INSTALL_FAILED_OLDER_SDK$/u),
    });
    expect(asked().at(-1)).toMatch(/^rm -f/u);
  });
});
