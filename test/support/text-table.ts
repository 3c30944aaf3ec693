import { beforeAll, expect, test } from "@jest/globals";
import type { ActionResult, Device } from "../../src/device/index.ts";
import type { Element, Screen } from "../../src/screen/index.ts";

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
  ["what UiAutomator2 takes for Enter", "reboot \\n"],
  ["what looks like an option", "-n --help"],
  ["globs and tildes", "~ * ? [a-z] {a,b} !1"],
  ["lines", "first\nsecond\n\nfourth"],
  ["a line break at the end", "first\n"],
  ["lines with quotes", 'it\'s\n$(reboot)\n"x"'],
  ["2,000 characters", fox.repeat(80).slice(0, 2000)],
  ["accents", "naïve café Ångström"],
  ["Chinese", "写一条短信"],
  ["Arabic", "مرحبا بالعالم"],
  ["emoji", "ok 👍🏽 👩‍👩‍👧 🇳🇴"],
  ["combining marks", "e\u0301 a\u0308 \u0E01\u0E33"],
  ["the same marks, composed", "\u00E9 \u00E4"],
  ["mixed lines", "写\nline it's $(x)\n😀"],
  ["substitution in a text that no key types", "é $(reboot) `reboot` 'é' \" \\ ; reboot"],
  ["2,000 characters beyond ASCII", "日本語テキスト、😀".repeat(250).slice(0, 2000)],
];

/** Words of the texts that nothing else says to a device. */
const telling = /reboot|rm -rf|\bHOME\b|quick brown|日本語/u;

/** Every text goes into the editor of a notes app and is read back to the letter, whatever the driver. */
export function textTable(open: () => Promise<Device>): void {
  let device: Device;
  let editor: Screen;
  beforeAll(async () => {
    device = await open();
    editor = await openEditor(device);
  });

  test.each(texts)("text arrives unchanged: %s", async (_, text) => {
    const target = { kind: "element", index: field(editor).index } as const;
    expect(await device.perform({ type: "inputText", text, target }, editor)).toEqual({ ok: true });
    expect(field(await device.screen()).text).toBe(text);
  });

  test("an empty text empties the field", async () => {
    const target = { kind: "element", index: field(editor).index } as const;
    await device.perform({ type: "inputText", text: "something", target }, editor);
    expect(await device.perform({ type: "inputText", text: "", target }, editor)).toEqual({ ok: true });
    expect(field(await device.screen()).text).toBe("");
    expect(await device.perform({ type: "inputText", text: "" }, editor)).toEqual({ ok: true });
  });

  test("a line break within is told where the field has one line, and at its end is Enter", async () => {
    await device.perform({ type: "openApp", app: "Settings" }, await device.screen());
    const settings = await device.screen();
    const { index } = settings.elements.find(({ text, editable }) => editable || text === "Search settings")!;
    const type = (text: string): Promise<ActionResult> =>
      device.perform({ type: "inputText", text, target: { kind: "element", index } }, settings);
    expect(await type("wi\nfi")).toEqual({
      ok: false,
      reason: 'the field holds "wi fi" after "wi\\nfi" was put into it',
    });
    expect(await type("wifi\n")).toEqual({ ok: true });
    expect(field(await device.screen()).text).toBe("wifi");
  });

  test("the input method is the user's again", async () => {
    expect(await inputMethodOf(device)).toContain("inputmethod.latin");
  });
}

export async function inputMethodOf(device: Device): Promise<string> {
  return (await device.shell(["settings", "get", "secure", "default_input_method"])).stdout.trim();
}

/** Shell commands among what was asked of a device, as the shell read them. */
export function shellCommands(services: readonly string[]): string[] {
  return services
    .filter((service) => /^(?:shell|exec)\b/u.test(service))
    .map((service) => service.slice(service.indexOf(":") + 1));
}

/** A command line without what stands in single quotes: all of it that a shell reads as more than words. */
export function unquoted(command: string): string {
  return command.replaceAll(/'[^']*'|\\'/gu, "");
}

/** Fails where a shell was given a word of the table's texts that it could read. */
export function expectNoTextUnquoted(commands: readonly string[]): void {
  expect(commands.filter((command) => telling.test(unquoted(command)))).toEqual([]);
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

function field(screen: Screen): Element {
  const found = screen.elements.find((one) => one.editable);
  if (found === undefined) throw new Error("the editor's field is not on the screen");
  return found;
}
