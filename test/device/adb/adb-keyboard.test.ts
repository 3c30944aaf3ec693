import { expect, test } from "@jest/globals";
import { restoreKeyboard } from "../../../src/device/adb/adb-keyboard.ts";
import { commandsOver } from "../../../src/device/adb/commands.ts";
import { replaceText } from "../../../src/device/adb/text-input.ts";
import { adbIme, fieldDevice, gboard } from "./field-device.ts";
import { fakeTransport } from "./support.ts";

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
