import { describe, expect, test } from "@jest/globals";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { restoreKeyboard } from "../../../src/device/adb/adb-keyboard.ts";
import { replaceText } from "../../../src/device/adb/text-input.ts";
import type { TextWay } from "../../../src/device/index.ts";
import { type Element, elementsFromTree, parseTree } from "../../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "../../screen/support.ts";
import { fakeTransport } from "./support.ts";

const gboard = "com.google.android.inputmethod.latin/.LatinIME";
const adbIme = "com.android.adbkeyboard/.AdbIME";

interface FieldOptions {
  text?: string;
  attributes?: NodeSpec;
  ways?: TextWay[];
  /** Characters that keys do not bring. */
  drops?: string;
  /** Enter leaves the field, which shows no more. */
  submits?: boolean;
  emptyShows?: string;
  /** Nothing in it can be selected. */
  unselectable?: boolean;
  /** The greatest length. */
  most?: number;
  /** ADBKeyboard listens once the field was tapped. */
  listensAfterTap?: boolean;
}

/** A device with a hardware keyboard and one text field, which keys, ADBKeyboard and the clipboard write into. */
function fieldDevice(options: FieldOptions = {}) {
  const field = { text: options.text ?? "", gone: false, taps: 0 };
  const settings: Record<string, string> = {
    default_input_method: gboard,
    show_ime_with_hard_keyboard: "0",
    androidgen_input_method: "null",
  };
  let clipboard = "";
  /** Times that somebody looked whether the input method is there; it is when asked again. */
  let looks = 0;
  const words = (command: string): string[] =>
    [...command.matchAll(/'((?:[^']|'\\'')*)'/gu)].map(([, one]) => one!.replaceAll(String.raw`'\''`, "'"));
  const last = (command: string): string => words(command).at(-1)!;
  const add = (text: string): string => {
    field.text = (field.text + text).slice(0, options.most);
    return "";
  };
  const ime = (): string => settings["default_input_method"]!;
  const listens = (): boolean =>
    ime() === adbIme &&
    settings["show_ime_with_hard_keyboard"] === "1" &&
    looks > 1 &&
    (options.listensAfterTap !== true || field.taps > 0);
  const dumps = (): string =>
    `  mCurId=${ime()} mHaveConnection=${(looks += 1) > 1} mBoundToMethod=${looks > 1}\n` +
    (listens() ? '      Action: "ADB_INPUT_B64"\n' : "    act=ADB_INPUT_B64\n");
  const put = (command: string): string => {
    for (const one of command.split(" && ")) {
      const [verb, , name = "", value = ""] = words(one);
      if (one.startsWith("settings") && verb === "put") settings[name] = value;
      if (one.startsWith("settings") && verb === "delete") settings[name] = "null";
      if (one.startsWith("ime") && verb === "set") settings["default_input_method"] = last(one);
      if (one.startsWith("ime") && verb === "reset") settings["default_input_method"] = "chosen";
    }
    return "";
  };
  const { transport, commands } = fakeTransport([
    [
      /^input 'text'/,
      (command) =>
        add(
          last(command)
            .replaceAll("%s", " ")
            .replaceAll(options.drops ?? "\0", ""),
        ),
    ],
    [
      /^input 'keycombination' '113' '29' && input 'keyevent' '67'$/,
      () => ((field.text = options.unselectable === true ? field.text.slice(0, -1) : ""), ""),
    ],
    [
      /^input 'keyevent' '123'/,
      (command) => ((field.text = field.text.slice(0, -command.split("'67'").length + 1)), ""),
    ],
    [/^input 'keyevent' '67'$/, () => ((field.text = field.text.slice(0, -1)), "")],
    [/^input 'keyevent' '66'/, () => (options.submits === true ? ((field.gone = true), "") : add("\n"))],
    [/^input 'keyevent' '279'$/, () => add(clipboard)],
    [
      /^settings 'get'/,
      (command) =>
        command
          .split(" && ")
          .map((one) => `${settings[last(one)]}\n`)
          .join(""),
    ],
    [/^settings/, put],
    [/^dumpsys 'input_method' && dumpsys 'activity' 'broadcasts'/, dumps],
    [
      /^am 'broadcast' .*'-p' 'com.android.adbkeyboard' '-a' 'ADB_INPUT_B64'/,
      (command) => (listens() ? add(Buffer.from(last(command), "base64").toString()) : ""),
    ],
    [
      /^am 'broadcast' .*'-n' 'ca.zgrs.clipper\/.ClipperReceiver' '-a' 'clipper.set'/,
      (command) => ((clipboard = last(command)), "Broadcast completed: result=-1"),
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
  const device = {
    commands: commandsOver(transport, 1000),
    apiLevel: 33,
    ways: options.ways ?? (["keys", "adbKeyboard"] as TextWay[]),
    look,
    tap: async () => void (field.taps += 1),
  };
  return { device, field, commands, settings, ime };
}

describe("what arrives", () => {
  test.each([
    "plain",
    'It\'s 100% "sure"; $(reboot) `reboot` | & > < \\ %s %% {x}',
    "two\nlines",
    "naïve 漢字 😀 مرحبا e\u0301",
    "mixed 漢字\nand lines",
  ])("is the text: %j", async (text) => {
    const { device, field, settings } = fieldDevice({ text: "old text" });
    const before = { ...settings };
    expect(await replaceText(text, device)).toEqual({ ok: true });
    expect(field.text).toBe(text);
    expect(settings).toEqual(before);
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
    // Android shows a bullet for each code unit.
    expect(await replaceText("a😀", device)).toEqual({ ok: true });
    expect(await replaceText("abcd", device)).toEqual({
      ok: false,
      reason: "the field holds 3 characters after 4 were put into it",
    });
  });

  test("may be formatted by a field for numbers", async () => {
    const { device } = fieldDevice({ attributes: { text: "(555) 010-1234" } });
    expect(await replaceText("5550101234", device)).toEqual({ ok: true });
  });

  test("may have been submitted by its last Enter", async () => {
    const { device, field, commands } = fieldDevice({ submits: true });
    expect(await replaceText("query\n", device)).toEqual({ ok: true });
    expect(field.text).toBe("query");
    expect(commands.at(-1)).toBe("input 'keyevent' '66'");
  });

  test("has its line breaks as characters, where a key would send it off", async () => {
    for (const way of ["adbKeyboard", "clipboard"] as const) {
      const { device, field } = fieldDevice({ submits: true, ways: ["keys", way] });
      expect(await replaceText("first\r\nsecond", device)).toEqual({ ok: true });
      expect(field).toMatchObject({ text: "first\nsecond", gone: false });
    }
  });

  test("comes by another way where keys lost some of it, which are an input method's to take", async () => {
    const { device, field, commands } = fieldDevice({ drops: "b", text: "old" });
    expect(await replaceText("abc", device)).toEqual({ ok: true });
    expect(field.text).toBe("abc");
    expect(commands[1]).toBe("input 'text' 'abc'");
  });

  test("replaces the old text where nothing can be selected, too", async () => {
    const { device, field } = fieldDevice({ unselectable: true, text: "old", ways: ["keys"] });
    expect(await replaceText("new", device)).toEqual({ ok: true });
    expect(field.text).toBe("new");
  });

  test("waits for ADBKeyboard to listen, and has the field ask for it again", async () => {
    const { device, field, settings } = fieldDevice({ listensAfterTap: true });
    expect(await replaceText("漢", device)).toEqual({ ok: true });
    expect(field).toMatchObject({ text: "漢", taps: 1 });
    expect(settings).toMatchObject({ default_input_method: gboard, show_ime_with_hard_keyboard: "0" });
  });
});

describe("a refusal", () => {
  test("when the field holds something else", async () => {
    const { device } = fieldDevice({ drops: "b", ways: ["keys"] });
    expect(await replaceText("abc", device)).toEqual({
      ok: false,
      reason: 'the field holds "ac" after "abc" was put into it',
    });
  });

  test("when the field is full, which no other way would change", async () => {
    const { device, commands } = fieldDevice({ most: 4 });
    expect(await replaceText("too long", device)).toEqual({
      ok: false,
      reason: 'the field holds "too " after "too long" was put into it',
    });
    expect(commands).toEqual(["input 'text' 'too%slong'"]);
  });

  test("when Enter leaves the field: what follows goes nowhere else", async () => {
    const { device, commands } = fieldDevice({ submits: true, ways: ["keys"] });
    expect(await replaceText("first\nsecond", device)).toEqual({
      ok: false,
      reason: expect.stringContaining('Enter began no new line after "first"'),
    });
    expect(commands).toEqual(["input 'text' 'first'", "input 'keyevent' '66'"]);
  });

  test("when the focus stays in the field that had it before", async () => {
    const { device, commands } = fieldDevice({ text: "Ann", attributes: { "resource-id": "app:id/name" } });
    const [before] = (await device.look()) as [Element];
    const field = { ...before, resourceId: "app:id/phone", text: "" };
    expect(await replaceText("555", device, { field, before })).toEqual({
      ok: false,
      reason: 'the field that was tapped did not get the focus: another one, "Ann", still has it',
    });
    expect(commands).toEqual([]);
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
    const { device } = fieldDevice({ ways: ["keys"] });
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
  const { device, ime, settings } = fieldDevice({});
  const broken = {
    ...device.commands,
    must: (...argvs: (readonly string[])[]) =>
      argvs[0]![1] === "broadcast" ? Promise.reject(new Error("gone")) : device.commands.must(...argvs),
  };
  await expect(replaceText("漢", { ...device, commands: broken })).rejects.toThrow("gone");
  expect(ime()).toBe(gboard);
  expect(settings).toMatchObject({ show_ime_with_hard_keyboard: "0", androidgen_input_method: "null" });
});

test.each([
  { users: { default_input_method: gboard, show_ime_with_hard_keyboard: "0" }, after: gboard },
  { users: { default_input_method: "null", show_ime_with_hard_keyboard: "null" }, after: "chosen" },
])("the user's input method comes back after a restoring that failed: $users", async ({ users, after }) => {
  const { device, ime, settings } = fieldDevice({});
  Object.assign(settings, users);
  let refusals = 1;
  const broken = {
    ...device.commands,
    must: (...argvs: (readonly string[])[]) =>
      argvs[1]?.[0] === "ime" && refusals-- > 0
        ? Promise.reject(new Error("gone"))
        : device.commands.must(...argvs),
  };
  await expect(replaceText("漢", { ...device, commands: broken })).rejects.toThrow("gone");
  expect(ime()).toBe(adbIme);
  expect(await replaceText("字", device)).toEqual({ ok: true });
  expect(settings).toMatchObject({ ...users, default_input_method: after, androidgen_input_method: "null" });
});

test("the user's settings come back also where neither ADBKeyboard could be selected nor they be restored", async () => {
  const { device, settings } = fieldDevice({});
  const before = { ...settings };
  let refusals = 2;
  const broken = {
    ...device.commands,
    async must(...argvs: (readonly string[])[]) {
      const refused = argvs.findIndex(([program]) => program === "ime");
      if (refused < 0 || refusals-- === 0) return device.commands.must(...argvs);
      if (refusals > 0) await device.commands.must(...argvs.slice(0, refused));
      throw new Error("gone");
    },
  };
  await expect(replaceText("漢", { ...device, commands: broken })).rejects.toThrow("gone");
  expect(settings["show_ime_with_hard_keyboard"]).toBe("1");
  expect(await replaceText("字", device)).toEqual({ ok: true });
  expect(settings).toEqual(before);
});

test("where the user's input method is no more, Android chooses another", async () => {
  const { transport, commands } = fakeTransport([
    [
      /^settings 'delete' .* && ime 'set'/,
      { stderr: "Unknown input method cannot be selected", exitCode: 255 },
    ],
    [/^settings 'delete' .* && ime 'reset'/, ""],
  ]);
  const users = { inputMethod: "com.gone/.Keys", besideHardware: "null" };
  await restoreKeyboard(commandsOver(transport, 1000), users);
  expect(commands.at(-1)).toBe(
    "settings 'delete' 'secure' 'show_ime_with_hard_keyboard' && ime 'reset' && settings 'delete' 'global' 'androidgen_input_method'",
  );
});

test("what is told of a command that fails names no text that was to be typed", async () => {
  const purposes: (string | undefined)[] = [];
  const { transport } = fakeTransport([[/^input/, { stderr: "Killed", exitCode: 137 }]]);
  const failing = commandsOver(
    {
      ...transport,
      run: (command, options) => (purposes.push(options.purpose), transport.run(command, options)),
    },
    1000,
  );
  const { device } = fieldDevice();
  const typing = replaceText("secret", { ...device, commands: failing });
  await expect(typing).rejects.toMatchObject({
    code: "COMMAND_FAILED",
    message: expect.not.stringContaining("secret"),
  });
  expect(purposes).toEqual(["running input text"]);
});
