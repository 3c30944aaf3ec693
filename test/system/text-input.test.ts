import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Device, openAdbDevice } from "../../src/device/index.ts";
import { type AdbRecorder, startAdbRecorder } from "../support/adb-recorder.ts";
import { removeFolders } from "../support/folder.ts";
import {
  expectNoTextUnquoted,
  inputMethodOf,
  shellCommands,
  textTable,
  unquoted,
} from "../support/text-table.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

let driven: DrivenDevice;
let recorder: AdbRecorder;
const opened: Device[] = [];

beforeAll(async () => {
  driven = await driveSimulatedDevice();
  recorder = await startAdbRecorder(driven.adbHost.port);
});

afterAll(async () => {
  for (const device of opened) await device.close();
  await recorder.close();
  await driven.close();
  await removeFolders();
});

/** The driver, as it finds the device now, with all that it says to it written down. */
async function open(): Promise<Device> {
  const adbHost = { host: "127.0.0.1", port: recorder.port };
  const device = await openAdbDevice({
    serial: driven.device.info.serial,
    adbHost,
    timeouts: { retryMs: 1 },
  });
  opened.push(device);
  return device;
}

describe.each([
  ["ADBKeyboard", ["keys", "adbKeyboard", "clipboard"]],
  ["the clipboard, where ADBKeyboard is missing", ["keys", "clipboard"]],
])("with keys and %s", (_, ways) => {
  let device: Device;

  textTable(async () => {
    if (!ways.includes("adbKeyboard")) {
      await driven.device.shell(["pm", "uninstall", "com.android.adbkeyboard"]);
    }
    device = await open();
    return device;
  });

  test("the device tells so", () => {
    expect(device.info.capabilities.text).toEqual(ways);
  });

  test("nothing of a text is read by a shell", () => {
    const commands = shellCommands(recorder.services());
    expect(commands.some((command) => command.includes("reboot"))).toBe(true);
    expectNoTextUnquoted(commands);
    // Words, paths, sequences, and redirections of our own; no quote that is open, nothing that expands.
    for (const command of commands) expect(unquoted(command)).toMatch(/^[\w ./;|&=>-]*$/u);
  });
});

test("without a field that has the focus there is a refusal", async () => {
  const { device } = driven;
  await device.perform({ type: "press", key: "home" }, await device.screen());
  expect(await device.perform({ type: "inputText", text: "x" }, await device.screen())).toEqual({
    ok: false,
    reason: expect.stringContaining("no text field has the focus"),
  });
});

test("what a program that died left selected is the user's input method again", async () => {
  const { device } = driven;
  await device.snapshots!.load("clean");
  const before = await inputMethodOf(device);
  await device.shell(["settings", "put", "global", "androidgen_input_method", before]);
  await device.shell(["ime", "enable", "com.android.adbkeyboard/.AdbIME"]);
  await device.shell(["ime", "set", "com.android.adbkeyboard/.AdbIME"]);
  const next = await open();
  expect(next.info.capabilities.inputMethod).toBe(before);
  expect(await inputMethodOf(next)).toBe(before);
  const { stdout } = await next.shell(["settings", "get", "global", "androidgen_input_method"]);
  expect(stdout.trim()).toBe("null");
});
