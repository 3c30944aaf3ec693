import { Observer } from "../../../src/device/adb/observe.ts";
import type { AdbTransport } from "../../../src/device/adb/transport.ts";
import type { Screen } from "../../../src/screen/index.ts";
import { dumped, fakeTransport, focusOn, info, onePanel, png, type Reply } from "./support.ts";

export const times = { commandMs: 1000, retryMs: 1 };
export const settings = focusOn("com.android.settings/com.android.settings.Settings");
export const page = asReply(dumped({ package: "com.android.settings", text: "Wi-Fi" }));
export const picture = { stdout: await png(1000, 2000) };
export const failure: Reply = { stderr: "ERROR: null root node returned by UiTestAutomationBridge.\n" };

interface Says {
  focus?: Reply | Reply[];
  dump?: Reply | Reply[];
  picture?: Reply | Reply[];
  pid?: Reply;
  power?: string;
}

/** A device with a screen. What is in front is told at the end of each dump, and beside each picture that is taken after it. */
export const screenDevice = ({
  focus = settings,
  dump = page,
  picture: shot = picture,
  pid = "",
  power = "mWakefulness=Awake",
}: Says): ReturnType<typeof fakeTransport> => {
  const focuses = inTurn(focus);
  const trees = inTurn(dump);
  return fakeTransport([
    [
      /uiautomator dump/,
      (command: string) => {
        const mark = /echo '(.*?)'/u.exec(command)![1]!;
        const { stdout = "", ...rest } = asReply(trees());
        return { ...rest, stdout: `${String(stdout)}\n${mark}\n${String(asReply(focuses()).stdout)}` };
      },
    ],
    [/dumpsys window/, () => focuses()],
    [/SurfaceFlinger/, onePanel],
    [/screencap/, shot],
    [/pidof/, pid],
    [/^dumpsys 'power'$/, `  ${power}\n  mWakefulnessChanging=false\n`],
    [/^input|^wm/, ""],
  ]);
};

export function asReply(reply: Reply): Exclude<Reply, string> {
  return typeof reply === "string" ? { stdout: reply } : reply;
}

function inTurn(replies: Reply | Reply[]): () => Reply {
  const list = Array.isArray(replies) ? replies : [replies];
  let at = 0;
  return () => list[Math.min(at++, list.length - 1)]!;
}

export const observe = (transport: AdbTransport): Promise<Screen> =>
  new Observer(transport, structuredClone(info), times).screen();

export const dumps = (commands: string[]): number =>
  commands.filter((command) => command.includes("uiautomator")).length;
