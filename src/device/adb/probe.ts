import { createHash } from "node:crypto";
import { infraError } from "../../errors.ts";
import { consolePortOf } from "../console.ts";
import type { DeviceInfo, TextWay } from "../device.ts";
import {
  adbKeyboard,
  readInputMethod,
  readNote,
  readUsers,
  restoreKeyboard,
  settingOf,
} from "./adb-keyboard.ts";
import { clipperPackage } from "./clipper.ts";
import { commandsOver } from "./commands.ts";
import { commandLine } from "./quote.ts";
import type { AdbTransport } from "./transport.ts";

/**
 * What tells devices apart under one serial, and stays the same over reconnects and reboots: the hardware's
 * serial number, and the virtual device's name on emulators, whose serial numbers may be all the same. These
 * are properties alone: they are there as soon as adbd is, long before Android's services are.
 */
const identityQuestions = {
  serialNumber: ["getprop", "ro.serialno"],
  avd: ["getprop", "ro.boot.qemu.avd_name"],
  oldAvd: ["getprop", "ro.kernel.qemu.avd_name"],
  model: ["getprop", "ro.product.model"],
} as const;

const questions = {
  ...identityQuestions,
  started: ["getprop", "sys.boot_completed"],
  sdk: ["getprop", "ro.build.version.sdk"],
  qemu: ["getprop", "ro.boot.qemu"],
  oldQemu: ["getprop", "ro.kernel.qemu"],
  size: ["wm", "size"],
  density: ["wm", "density"],
  user: ["id", "-u"],
  inputMethod: readInputMethod,
  inputMethodNote: readNote,
  inputMethods: ["ime", "list", "-a", "-s"],
  clipper: ["pm", "path", clipperPackage],
} as const;

/** Between two answers; nothing that is asked answers with this. */
const mark = "--androidgen--";

/** Asks everything in one round trip. What a device does not know is an empty answer. */
async function ask<Name extends string>(
  asked: Readonly<Record<Name, readonly string[]>>,
  transport: AdbTransport,
  timeoutMs: number,
): Promise<Record<Name, string>> {
  const names = Object.keys(asked) as Name[];
  const line = names.map((name) => `${commandLine(asked[name])} 2>/dev/null; echo; echo ${mark}`).join("; ");
  const purpose = "reading what the device is";
  const { stdout } = await transport.run(line, { timeoutMs, repeatable: true, purpose });
  const answers = stdout.toString().split(mark);
  if (answers.length <= names.length) {
    throw infraError("DEVICE_INFO", `${transport.serial} does not answer what it is: its shell ended early`);
  }
  return Object.fromEntries(names.map((name, i) => [name, answers[i]!.trim()])) as Record<Name, string>;
}

/** See `DeviceInfo.identity`. */
export async function readIdentity(transport: AdbTransport, timeoutMs: number): Promise<string> {
  return identityOf(await ask(identityQuestions, transport, timeoutMs));
}

function identityOf(answers: Record<keyof typeof identityQuestions, string>): string {
  const parts = Object.keys(identityQuestions).map((name) => answers[name as keyof typeof answers]);
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/**
 * Tells `info` what a snapshot that was loaded may have changed, such as an app that is not in it. How pictures and
 * trees are had stays as it was found.
 */
export async function refreshInfo(
  info: DeviceInfo,
  transport: AdbTransport,
  timeoutMs: number,
): Promise<void> {
  const now = await readInfo(transport, timeoutMs);
  const { width, height, density, capabilities } = now.info;
  const { root, inputMethod, text } = capabilities;
  Object.assign(info, { width, height, density });
  Object.assign(info.capabilities, { root, inputMethod, text });
}

/** What a device is, and which virtual one; empty where it is none. */
interface Probed {
  info: DeviceInfo;
  avdName: string;
}

/**
 * What the device is and can do; puts right what a program that died has left behind. Throws `DEVICE_STARTING` while
 * Android's services come up, for they would be told as missing, and `DEVICE_INFO` where the device does not tell the
 * size of its screen; both are of class `infra`.
 */
export async function readInfo(transport: AdbTransport, timeoutMs: number): Promise<Probed> {
  const answers = await ask(questions, transport, timeoutMs);
  const { serial } = transport;
  if (answers.started !== "1") {
    throw infraError(
      "DEVICE_STARTING",
      `${serial} is still starting (its sys.boot_completed is not 1); wait until it shows its home screen`,
    );
  }
  // An override stands below the physical value, and holds.
  const size = [...answers.size.matchAll(/size: (\d+)x(\d+)/gu)].at(-1);
  const density = [...answers.density.matchAll(/density: (\d+)/gu)].at(-1);
  if (size === undefined || density === undefined) {
    const said = JSON.stringify(`${answers.size} ${answers.density}`.trim());
    throw infraError("DEVICE_INFO", `${serial} does not tell its screen's size: wm answered ${said}`);
  }
  // A program that died while it typed left ADBKeyboard in the place of the user's input method.
  const left = readUsers(answers.inputMethodNote);
  if (left !== undefined) await restoreKeyboard(commandsOver(transport, timeoutMs), left);
  const text: TextWay[] = ["keys"];
  if (answers.inputMethods.split(/\s+/u).includes(adbKeyboard)) text.push("adbKeyboard");
  if (answers.clipper.startsWith("package:")) text.push("clipboard");
  const info: DeviceInfo = {
    serial,
    identity: identityOf(answers),
    driver: "adb",
    model: answers.model,
    apiLevel: Number(answers.sdk),
    width: Number(size[1]),
    height: Number(size[2]),
    density: Number(density[1]),
    features: [...transport.features],
    emulator: consolePortOf(serial) !== undefined || answers.qemu === "1" || answers.oldQemu === "1",
    capabilities: {
      root: answers.user === "0",
      inputMethod: settingOf(left?.inputMethod ?? answers.inputMethod),
      text,
      // What these two are is seen with the first screens.
      picture: "png",
      windows: false,
      snapshots: false,
    },
  };
  return { info, avdName: answers.avd || answers.oldAvd };
}
