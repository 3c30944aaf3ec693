import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Device, openAdbDevice } from "../../src/device/index.ts";
import type { Screen, Element } from "../../src/screen/index.ts";
import { type AdbRecorder, startAdbRecorder } from "../support/adb-recorder.ts";
import { removeFolders } from "../support/folder.ts";
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

/** A note in Markor's editor: a field of many lines. */
async function openEditor(device: Device): Promise<Screen> {
  await device.perform({ type: "openApp", app: "Markor" }, await device.screen());
  const files = await device.screen();
  const note = files.elements.find((one) => one.text.includes("garden.md"));
  if (note === undefined) return files;
  await device.perform({ type: "tap", target: { kind: "element", index: note.index } }, files);
  return device.screen();
}

const field = (screen: Screen): Element => {
  const found = screen.elements.find((one) => one.editable);
  if (found === undefined) throw new Error("the editor's field is not on the screen");
  return found;
};

async function inputMethodOf(device: Device): Promise<string> {
  return (await device.shell(["settings", "get", "secure", "default_input_method"])).stdout;
}

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
const fox = "The quick brown fox jumps; ";

const texts: [string, string][] = [
  ["every printable ASCII character", ascii],
  ["single quotes", "it's 'quoted' ''twice''"],
  ["double quotes", 'say "hi" ""'],
  ["command substitution", "$(reboot) `reboot` $HOME ${PATH}"],
  ["shell operators", "a; reboot && rm -rf / || x | y > z < w & #"],
  ["the escape of input text", "100%s %%s %s%s % s %"],
  ["backslashes", "C:\\new\\table \\\\ \\"],
  ["what looks like an option", "-n --help"],
  ["globs and tildes", "~ * ? [a-z] {a,b} !1"],
  ["lines", "first\nsecond\n\nfourth"],
  ["lines with quotes", 'it\'s\n$(reboot)\n"x"'],
  ["2,000 characters", fox.repeat(80).slice(0, 2000)],
  ["accents", "naïve café Ångström"],
  ["Chinese", "写一条短信"],
  ["Arabic", "مرحبا بالعالم"],
  ["emoji", "ok 👍🏽 👩‍👩‍👧 🇳🇴"],
  ["combining marks", "e\u0301 a\u0308 \u0e01\u0e33"],
  ["the same marks, composed", "\u00e9 \u00e4"],
  ["mixed lines", "写\nline it's $(x)\n😀"],
  ["substitution in a text that no key types", "é $(reboot) `reboot` 'é' \" \\ ; reboot"],
  ["2,000 characters beyond ASCII", "日本語テキスト、😀".repeat(250).slice(0, 2000)],
];

/** A command line without what stands in single quotes: all of it that a shell reads as more than words. */
const unquoted = (command: string): string => command.replaceAll(/'[^']*'|\\'/gu, "");

describe.each([
  ["ADBKeyboard", ["keys", "adbKeyboard", "clipboard"]],
  ["the clipboard, where ADBKeyboard is missing", ["keys", "clipboard"]],
])("with keys and %s", (_, ways) => {
  let device: Device;
  let editor: Screen;

  beforeAll(async () => {
    if (!ways.includes("adbKeyboard")) {
      await driven.device.shell(["pm", "uninstall", "com.android.adbkeyboard"]);
    }
    device = await open();
    editor = await openEditor(device);
  });

  test("the device tells so", () => {
    expect(device.info.capabilities.text).toEqual(ways);
  });

  test.each(texts)("text arrives unchanged: %s", async (__, text) => {
    const target = { kind: "element", index: field(editor).index } as const;
    expect(await device.perform({ type: "inputText", text, target }, editor)).toEqual({ ok: true });
    expect(field(await device.screen()).text).toBe(text);
  });

  test("an empty text empties the field", async () => {
    const target = { kind: "element", index: field(editor).index } as const;
    await device.perform({ type: "inputText", text: "something", target }, editor);
    expect(await device.perform({ type: "inputText", text: "", target }, editor)).toEqual({ ok: true });
    expect(await device.perform({ type: "inputText", text: "" }, editor)).toEqual({ ok: true });
  });

  test("the input method is the user's again", async () => {
    expect(await inputMethodOf(device)).toContain("inputmethod.latin");
  });

  test("nothing of a text is read by a shell", () => {
    const commands = recorder.services().filter((service) => service.startsWith("shell"));
    expect(commands.some((command) => command.includes("reboot"))).toBe(true);
    for (const command of commands) {
      const line = command.slice(command.indexOf(":") + 1);
      // Words, paths, sequences, and redirections of our own; no quote that is open, nothing that expands.
      expect(unquoted(line)).toMatch(/^[\w ./;|&=>-]*$/u);
      expect(unquoted(line)).not.toMatch(/reboot|rm -rf|HOME|fox/u);
    }
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
  const before = (await inputMethodOf(device)).trim();
  await device.shell(["settings", "put", "global", "androidgen_input_method", before]);
  await device.shell(["ime", "enable", "com.android.adbkeyboard/.AdbIME"]);
  await device.shell(["ime", "set", "com.android.adbkeyboard/.AdbIME"]);
  const next = await open();
  expect(next.info.capabilities.inputMethod).toBe(before);
  expect((await inputMethodOf(next)).trim()).toBe(before);
  const { stdout } = await next.shell(["settings", "get", "global", "androidgen_input_method"]);
  expect(stdout.trim()).toBe("null");
});
