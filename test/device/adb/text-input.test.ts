import { describe, expect, test } from "@jest/globals";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { replaceText } from "../../../src/device/adb/text-input.ts";
import type { Element } from "../../../src/screen/index.ts";
import { fieldDevice, gboard } from "./field-device.ts";
import { fakeTransport } from "./support.ts";

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
