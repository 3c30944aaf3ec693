import sharp from "sharp";
import type { RawResult } from "../../../src/device/adb/shell-protocol.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import type { DeviceInfo } from "../../../src/device/index.ts";
import { type NodeSpec, treeXml } from "../../screen/support.ts";

export const info: DeviceInfo = {
  serial: "fake-1",
  identity: "fake",
  driver: "adb",
  model: "Fake",
  apiLevel: 33,
  width: 1000,
  height: 2000,
  density: 420,
  features: ["shell_v2"],
  emulator: true,
  capabilities: {
    root: true,
    inputMethod: "",
    text: ["keys", "adbKeyboard"],
    picture: "png",
    windows: false,
    snapshots: false,
  },
};

export type Reply = string | (Partial<Record<"stdout" | "stderr", string | Buffer>> & { exitCode?: number });

/**
 * A device that answers commands by rules: the first whose pattern fits the command line answers, and
 * a rule made of a list gives one answer after the other, the last one for ever.
 */
export function fakeTransport(rules: [RegExp, Reply | Reply[] | ((command: string) => Reply)][]): {
  transport: AdbTransport;
  commands: string[];
} {
  const commands: string[] = [];
  const used = new Map<RegExp, number>();
  const answer = (command: string): Reply => {
    const rule = rules.find(([pattern]) => pattern.test(command));
    if (rule === undefined) throw new Error(`no rule for the command ${command}`);
    const [pattern, replies] = rule;
    if (typeof replies === "function") return replies(command);
    if (!Array.isArray(replies)) return replies;
    const count = used.get(pattern) ?? 0;
    used.set(pattern, count + 1);
    return replies[Math.min(count, replies.length - 1)]!;
  };
  const transport: AdbTransport = {
    serial: info.serial,
    features: info.features,
    async run(command): Promise<RawResult> {
      commands.push(command);
      const reply = answer(command);
      const {
        stdout = "",
        stderr = "",
        exitCode = 0,
      } = typeof reply === "string" ? { stdout: reply } : reply;
      return { stdout: Buffer.from(stdout), stderr: Buffer.from(stderr), exitCode };
    },
    async exec(command) {
      return (await transport.run(command, { timeoutMs: 0 })).stdout;
    },
    push: () => Promise.reject(new Error("not expected")),
    pull: () => Promise.reject(new Error("not expected")),
    askServer: () => Promise.reject(new Error("not expected")),
    askDevice: () => Promise.reject(new Error("not expected")),
  };
  return { transport, commands };
}

export const focusOn = (component: string, rest = ""): string =>
  `  mCurrentFocus=Window{a1 u0 ${component}}\n  mFocusedApp=ActivityRecord{b2 u0 ${component} t7}\n${rest}`;

export const dumped = (...roots: NodeSpec[]): Reply => ({
  stdout: `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>${treeXml(...roots)}\n`,
  stderr: "UI hierchary dumped to: /data/local/tmp/androidgen-window.xml\n",
});

/** A picture of one colour, with the alpha channel that a device's pictures have. */
export const png = (width: number, height: number, background = "#336699"): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer();

export const onePanel =
  'Display 4619827259835644672 (HWC display 0): port=0 pnpId=GGL displayName="EMU_display_0"\n';
