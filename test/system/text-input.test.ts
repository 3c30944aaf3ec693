import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Device } from "../../src/device/index.ts";
import type { Screen, Element } from "../../src/screen/index.ts";
import { removeFolders } from "../support/folder.ts";
import { type DrivenDevice, driveSimulatedDevice } from "./adb-support.ts";

let driven: DrivenDevice;
let device: Device;
let editor: Screen;

/** A note in Markor's editor: a field of many lines. */
beforeAll(async () => {
  driven = await driveSimulatedDevice();
  device = driven.device;
  await device.perform({ type: "openApp", app: "Markor" }, await device.screen());
  const files = await device.screen();
  const note = files.elements.find((one) => one.text.includes("garden.md"))!;
  await device.perform({ type: "tap", target: { kind: "element", index: note.index } }, files);
  editor = await device.screen();
});

afterAll(async () => {
  await driven.close();
  await removeFolders();
});

const field = (screen: Screen): Element => {
  const found = screen.elements.find((one) => one.editable);
  if (found === undefined) throw new Error("the editor's field is not on the screen");
  return found;
};

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");

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
  ["500 characters", "The quick brown fox jumps; ".repeat(20).slice(0, 500)],
  ["accents", "naïve café Ångström"],
  ["Chinese", "写一条短信"],
  ["Arabic", "مرحبا بالعالم"],
  ["emoji", "ok 👍🏽 👩‍👩‍👧 🇳🇴"],
  ["combining marks", "e\u0301 a\u0308 \u0e01\u0e33"],
  ["mixed lines", "写\nline it's $(x)\n😀"],
  ["500 characters beyond ASCII", "日本語テキスト、".repeat(63).slice(0, 500)],
];

describe("text arrives unchanged", () => {
  test.each(texts)("%s", async (_, text) => {
    const target = { kind: "element", index: field(editor).index } as const;
    expect(await device.perform({ type: "inputText", text, target }, editor)).toEqual({ ok: true });
    expect(field(await device.screen()).text).toBe(text);
  });
});

test("an empty text empties the field", async () => {
  const target = { kind: "element", index: field(editor).index } as const;
  await device.perform({ type: "inputText", text: "something", target }, editor);
  expect(await device.perform({ type: "inputText", text: "", target }, editor)).toEqual({ ok: true });
  expect(await device.perform({ type: "inputText", text: "" }, editor)).toEqual({ ok: true });
});

test("the input method is the user's again", async () => {
  const { stdout } = await device.shell(["settings", "get", "secure", "default_input_method"]);
  expect(stdout).toContain("inputmethod.latin");
});

test("without a field that has the focus there is a refusal", async () => {
  await device.perform({ type: "press", key: "home" }, editor);
  const home = await device.screen();
  expect(await device.perform({ type: "inputText", text: "x" }, home)).toEqual({
    ok: false,
    reason: expect.stringContaining("no text field has the focus"),
  });
});
