import { afterEach, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { infraError } from "../../../src/errors.ts";
import { adbHands } from "../../../src/device/adb/hands.ts";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import { newFolder, removeFolders } from "../../support/folder.ts";
import { fakeTransport, info } from "./support.ts";

afterEach(removeFolders);

const handsOver = (transport: AdbTransport, apiLevel: number) =>
  adbHands({
    commands: commandsOver(transport, 5000),
    apiLevel,
    ways: () => info.capabilities.text,
    look: () => Promise.resolve([]),
  });

test("two taps are a pair: a pause lies between those of a quick input command", async () => {
  const { transport, commands } = fakeTransport([[/input/, ""]]);
  await handsOver(transport, 31).doubleTap({ x: 3, y: 4 });
  expect(commands).toEqual(["input 'tap' '3' '4' && sleep '0.08' && input 'tap' '3' '4'"]);
});

/** A shell in which the first tap does not end before the second has begun, and `ends` says how each ends. */
async function slowInput(ends: { first: number; second: number }): Promise<AdbTransport> {
  const folder = await newFolder();
  const script = `#!/bin/sh
if mkdir ${folder}/first 2>/dev/null; then
  until [ -d ${folder}/second ]; do sleep 0.01; done
  exit ${ends.first}
fi
mkdir ${folder}/second
exit ${ends.second}
`;
  await writeFile(join(folder, "input"), script);
  await chmod(join(folder, "input"), 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}` };
  return {
    ...fakeTransport([]).transport,
    run: (command) =>
      new Promise((resolve) => {
        execFile("/bin/sh", ["-c", command], { env, timeout: 4000 }, (error) => {
          const exitCode = error === null ? 0 : Number(error.code ?? 255);
          resolve({ stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), exitCode });
        });
      }),
  };
}

test("a slow one is begun for the second tap before the first has tapped", async () => {
  const hands = handsOver(await slowInput({ first: 0, second: 0 }), 30);
  await expect(hands.doubleTap({ x: 3, y: 4 })).resolves.toBeUndefined();
});

test.each([
  { first: 1, second: 0 },
  { first: 0, second: 1 },
])("of which either may fail: %j", async (ends) => {
  const hands = handsOver(await slowInput(ends), 30);
  await expect(hands.doubleTap({ x: 3, y: 4 })).rejects.toMatchObject({
    code: "COMMAND_FAILED",
    message: expect.stringContaining("exit code 1"),
  });
});

test("a device that takes no touches over adb says what allows them", async () => {
  const stderr =
    "\nException occurred while executing 'tap':\njava.lang.SecurityException: Injecting input events requires " +
    "the caller to have the INJECT_EVENTS permission.\n\tat android.os.Parcel.readException\n";
  const { transport } = fakeTransport([[/input/, { stderr, exitCode: 255 }]]);
  await expect(handsOver(transport, 33).tap({ x: 3, y: 4 })).rejects.toMatchObject({
    code: "INPUT_FORBIDDEN",
    class: "infra",
    message: expect.stringContaining("Security settings"),
  });
});

test("a touch that an app does not take in time may have been done", async () => {
  const late = () => Promise.reject(infraError("DEVICE_TIMEOUT", "no answer within 30000 ms"));
  const hands = handsOver({ ...fakeTransport([]).transport, run: late }, 33);
  const unsure = { code: "ACTION_UNSURE", class: "infra" };
  await expect(hands.tap({ x: 3, y: 4 })).rejects.toMatchObject(unsure);
  await expect(hands.press("back")).rejects.toMatchObject(unsure);
});
