import { describe, expect, test } from "@jest/globals";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { restoreInputMethod } from "../../../src/device/adb/adb-keyboard.ts";
import { replaceText } from "../../../src/device/adb/text-input.ts";
import type { TextWay } from "../../../src/device/index.ts";
import { elementsFromTree, parseTree } from "../../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "../../screen/support.ts";
import { fakeTransport } from "./support.ts";

const gboard = "com.google.android.inputmethod.latin/.LatinIME";
const adbIme = "com.android.adbkeyboard/.AdbIME";

/** A device with one text field that can be typed into by keys and, where it is installed, ADBKeyboard. */
function fieldDevice(options: {
  text?: string;
  attributes?: NodeSpec;
  keyboard?: boolean;
  drops?: string;
  submits?: boolean;
  emptyShows?: string;
}) {
  const field = { text: options.text ?? "", gone: false };
  let ime = gboard;
  let noted = "null";
  /** Times that somebody asked about the input method; it is connected when asked again. */
  let looks = 0;
  const word = (command: string): string =>
    /'((?:[^']|'\\'')*)'$/u.exec(command)![1]!.replaceAll(String.raw`'\''`, "'");
  const add = (text: string): string => {
    field.text += text.replaceAll(options.drops ?? "\0", "");
    return "";
  };
  const connection = (): string =>
    `  mCurId=${ime} mHaveConnection=${(looks += 1) > 1} mBoundToMethod=${looks > 1}\n`;
  const { transport, commands } = fakeTransport([
    [/^input 'text'/, (command) => add(word(command).replaceAll("%s", " "))],
    [/^input 'keycombination' '113' '29' && input 'keyevent' '67'$/, () => ((field.text = ""), "")],
    [
      /^input 'keyevent' '123'/,
      (command) => ((field.text = field.text.slice(0, -command.split("'67'").length + 1)), ""),
    ],
    [/^input 'keyevent' '67'$/, () => ((field.text = field.text.slice(0, -1)), "")],
    [/^input 'keyevent' '66'$/, () => (options.submits === true ? ((field.gone = true), "") : add("\n"))],
    [
      /^settings 'put' 'global' .* && ime 'enable' .* && ime 'set'/,
      (command) => ((noted = /androidgen_input_method' '(.*?)'/u.exec(command)![1]!), (ime = adbIme), ""),
    ],
    [/^settings 'get' 'global'/, () => noted],
    [
      /^ime 'set' '(.*)' && settings 'delete'/,
      (command) => ((ime = /^ime 'set' '(.*?)'/u.exec(command)![1]!), ""),
    ],
    [/^settings 'get' .* && dumpsys 'input_method'/, () => `${ime}\n${connection()}`],
    [/^settings 'get' 'secure' 'default_input_method'/, () => `${ime}\n`],
    [
      /^am 'broadcast' '-a' 'ADB_INPUT_B64'/,
      (command) => (ime === adbIme && looks > 1 ? add(Buffer.from(word(command), "base64").toString()) : ""),
    ],
  ]);
  const node = (): NodeSpec => ({
    class: "android.widget.EditText",
    focused: true,
    text: field.text || (options.emptyShows ?? ""),
    ...options.attributes,
  });
  const look = async () =>
    elementsFromTree(parseTree(treeXml(...(field.gone ? [{ text: "Results" }] : [node()]))), {
      width: 1000,
      height: 2000,
    });
  const ways: TextWay[] = options.keyboard === false ? ["keys"] : ["keys", "adbKeyboard"];
  const device = { commands: commandsOver(transport, 1000), apiLevel: 33, ways, look };
  return { device, field, commands, ime: () => ime };
}

describe("what arrives", () => {
  test.each([
    "plain",
    'It\'s 100% "sure"; $(reboot) `reboot` | & > < \\ %s %% {x}',
    "two\nlines",
    "naïve 漢字 😀 مرحبا e\u0301",
    "mixed 漢字\nand lines",
  ])("is the text: %j", async (text) => {
    const { device, field, ime } = fieldDevice({ text: "old text" });
    expect(await replaceText(text, device)).toEqual({ ok: true });
    expect(field.text).toBe(text);
    expect(ime()).toBe(gboard);
  });

  test("is nothing where the text is empty", async () => {
    const { device, field } = fieldDevice({ text: "old" });
    expect(await replaceText("", device)).toEqual({ ok: true });
    expect(field.text).toBe("");
  });

  test("is nothing where an empty field shows its hint as its text", async () => {
    const { device, field } = fieldDevice({ emptyShows: "Search" });
    expect(await replaceText("", device)).toEqual({ ok: true });
    expect(field.text).toBe("");
  });

  test("replaces the old text on devices without key combinations too", async () => {
    const { device, field } = fieldDevice({ text: "old text" });
    expect(await replaceText("new", { ...device, apiLevel: 30 })).toEqual({ ok: true });
    expect(field.text).toBe("new");
  });

  test("is judged by its length in a password field", async () => {
    const { device } = fieldDevice({ attributes: { password: true, text: "•••" } });
    expect(await replaceText("abc", device)).toEqual({ ok: true });
    expect(await replaceText("abcd", device)).toEqual({
      ok: false,
      reason: expect.stringContaining("3 characters"),
    });
  });

  test("may be formatted by a field for numbers", async () => {
    const { device } = fieldDevice({ attributes: { text: "(555) 010-1234" } });
    expect(await replaceText("5550101234", device)).toEqual({ ok: true });
  });

  test("may have been submitted by its last Enter", async () => {
    const { device } = fieldDevice({ submits: true });
    expect(await replaceText("query\n", device)).toEqual({ ok: true });
  });
});

describe("a refusal", () => {
  test("when the field holds something else", async () => {
    const { device } = fieldDevice({ drops: "b" });
    expect(await replaceText("abc", device)).toEqual({
      ok: false,
      reason: 'the field holds "ac" after "abc" was put into it',
    });
  });

  test("when the old text stays", async () => {
    const { device } = fieldDevice({ attributes: { text: "stuck" } });
    expect(await replaceText("", device)).toEqual({
      ok: false,
      reason: 'the field still holds "stuck"',
    });
  });

  test("when no field has the focus", async () => {
    const { device, commands } = fieldDevice({ attributes: { focused: false } });
    expect(await replaceText("abc", device)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("no text field"),
    });
    expect(commands).toEqual([]);
  });

  test("when no key types it and there is no ADBKeyboard", async () => {
    const { device } = fieldDevice({ keyboard: false });
    expect(await replaceText("漢", device)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("ADBKeyboard"),
    });
  });

  test("when the screen cannot be read", async () => {
    const { device } = fieldDevice({});
    expect(await replaceText("a", { ...device, look: () => Promise.resolve("no tree") })).toEqual({
      ok: false,
      reason: "no tree",
    });
  });
});

test("the user's input method comes back even when typing fails", async () => {
  const { device, ime } = fieldDevice({});
  const broken = {
    ...device.commands,
    must: (...argvs: (readonly string[])[]) =>
      argvs[0]![1] === "broadcast" ? Promise.reject(new Error("gone")) : device.commands.must(...argvs),
  };
  await expect(replaceText("漢", { ...device, commands: broken })).rejects.toThrow("gone");
  expect(ime()).toBe(gboard);
});

test("the user's input method comes back after a restoring that failed", async () => {
  const { device, ime } = fieldDevice({});
  let refusals = 1;
  const broken = {
    ...device.commands,
    must: (...argvs: (readonly string[])[]) =>
      argvs[0]![0] === "ime" && refusals-- > 0
        ? Promise.reject(new Error("gone"))
        : device.commands.must(...argvs),
  };
  await expect(replaceText("漢", { ...device, commands: broken })).rejects.toThrow("gone");
  expect(ime()).toBe(adbIme);
  expect(await replaceText("字", device)).toEqual({ ok: true });
  expect(ime()).toBe(gboard);
});

test("where the user's input method is no more, Android chooses another", async () => {
  const { transport, commands } = fakeTransport([
    [/^ime 'set'/, { stderr: "Unknown input method cannot be selected", exitCode: 255 }],
    [/^ime 'reset'/, ""],
  ]);
  await restoreInputMethod(commandsOver(transport, 1000), "com.gone/.Keys");
  expect(commands.at(-1)).toBe("ime 'reset' && settings 'delete' 'global' 'androidgen_input_method'");
});
