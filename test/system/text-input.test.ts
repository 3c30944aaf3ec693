import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type AdbAddress, type Device, openAdbDevice } from "../../src/device/index.ts";
import { type AdbRecorder, startAdbRecorder } from "../support/adb-recorder.ts";
import { removeFolders } from "../support/folder.ts";
import {
  expectNoTextUnquoted,
  inputMethodOf,
  shellCommands,
  textTable,
  unquoted,
} from "../support/text-table.ts";
import { until } from "../support/until.ts";
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

test("the user's keyboard comes back after a program that was killed while it typed", async () => {
  const slow = await driveSimulatedDevice("realistic");
  try {
    const { device, adbHost } = slow;
    const before = await keyboardOf(device);
    const { serial } = device.info;
    const typing = spawn(process.execPath, ["--input-type=module", "-e", typist(serial, adbHost)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(typing, "exit");
    try {
      await until(async () => (await inputMethodOf(device)).includes("adbkeyboard"), "ADBKeyboard");
    } finally {
      typing.kill("SIGKILL");
      await ended;
    }
    expect(await keyboardOf(device)).toEqual([expect.stringContaining("adbkeyboard"), "1"]);
    const next = await openAdbDevice({ serial, adbHost });
    try {
      expect(next.info.capabilities.inputMethod).toBe(before[0]);
      expect(await keyboardOf(next)).toEqual(before);
      const { stdout } = await next.shell(["settings", "get", "global", "androidgen_input_method"]);
      expect(stdout.trim()).toBe("null");
    } finally {
      await next.close();
    }
  } finally {
    await slow.close();
  }
});

/** A program that types so long a text that it is killed before its end. */
function typist(serial: string, adbHost: AdbAddress): string {
  const driver = pathToFileURL(resolve("dist/device/index.js")).href;
  return `
    import { openAdbDevice } from ${JSON.stringify(driver)};
    const device = await openAdbDevice(${JSON.stringify({ serial, adbHost })});
    await device.perform({ type: "openApp", app: "Settings" }, await device.screen());
    const settings = await device.screen();
    const { index } = settings.elements.find(({ text }) => text === "Search settings");
    const target = { kind: "element", index };
    await device.perform({ type: "inputText", text: "写".repeat(50_000), target }, settings);
  `;
}

/** The input method, and whether one is shown beside a hardware keyboard. */
async function keyboardOf(device: Device): Promise<string[]> {
  const { stdout } = await device.shell(["settings", "get", "secure", "show_ime_with_hard_keyboard"]);
  return [await inputMethodOf(device), stdout.trim()];
}
