import { commandsOver } from "../../../src/device/adb/commands.ts";
import type { TextWay } from "../../../src/device/index.ts";
import { elementsFromTree, parseTree } from "../../../src/screen/index.ts";
import { type NodeSpec, treeXml } from "../../screen/support.ts";
import { fakeTransport } from "./support.ts";

export const gboard = "com.google.android.inputmethod.latin/.LatinIME";
export const adbIme = "com.android.adbkeyboard/.AdbIME";

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
export function fieldDevice(options: FieldOptions = {}) {
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
