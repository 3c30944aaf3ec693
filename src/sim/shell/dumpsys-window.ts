import { className, splitComponent } from "../system/intents.ts";
import type { Phone } from "../system/phone.ts";
import type { AppWindow } from "../ui/windows.ts";
import { HEIGHT, WIDTH } from "../ui/metrics.ts";
import type { CommandContext } from "./command.ts";
import { strftime } from "./date.ts";
import { systemBarWindows, systemUiWindows } from "./dumpsys-window-bars.ts";

/** Stands for the object's hash in Android's dumps: made of its id, so that a run can be repeated. */
export function hashOf(id: number): string {
  return (0x1000000 + id * 7919).toString(16).slice(-7);
}

/** The record in front, as `dumpsys` of Android 13 prints an ActivityRecord, with a brace too many. */
export function formatTop(phone: Phone): string {
  const top = phone.activities.top();
  return formatRecord(top, phone.activities.tasks()[0]!.id);
}

export function formatRecord(
  record: { id: number; package: string; activity: string },
  taskId: number,
): string {
  const full = className(record.package, record.activity);
  const short = full.startsWith(`${record.package}.`) ? full.slice(record.package.length) : full;
  return `ActivityRecord{${hashOf(record.id)} u0 ${record.package}/${short}} t${taskId}}`;
}

const keyboardWindow = "Window{9c5d0a1 u0 InputMethod}";

/** `Window{hash u0 title}`: an activity and its dialogs bear its name, a menu that of a pop-up. */
function formatWindow(phone: Phone, { kind, title: own }: AppWindow): string {
  if (own !== undefined) return `Window{${hashOf(0x30000)} u0 ${own}}`;
  const top = phone.activities.top();
  const hash = hashOf(kind === "activity" ? top.id : top.id + 0x10000);
  const title =
    kind === "popup"
      ? `PopupWindow:${hashOf(top.id + 0x20000)}`
      : `${top.package}/${className(top.package, top.activity)}`;
  return `Window{${hash} u0 ${title}}`;
}

const typeOf: Record<AppWindow["kind"], string> = {
  activity: "BASE_APPLICATION",
  dialog: "APPLICATION",
  popup: "APPLICATION_PANEL",
  system: "SYSTEM_ALERT",
};

/** WindowManager.LayoutParams.toString; flags stand in the order of their bits. */
function formatAttributes({ kind, secure }: AppWindow): string[] {
  const flags = [
    ...(kind === "dialog" || kind === "system" ? ["DIM_BEHIND"] : []),
    ...(kind === "activity" ? ["LAYOUT_IN_SCREEN"] : []),
    ...(secure ? ["SECURE"] : []),
    ...(kind === "activity" ? ["LAYOUT_INSET_DECOR"] : []),
    "SPLIT_TOUCH",
    "HARDWARE_ACCELERATED",
    ...(kind === "popup" ? [] : ["DRAWS_SYSTEM_BAR_BACKGROUNDS"]),
  ];
  const size = kind === "activity" ? "fillxfill" : "wrapxwrap";
  return [
    `    mAttrs={(0,0)(${size}) sim={adjust=resize} ty=${typeOf[kind]}`,
    `      fl=${flags.join(" ")}`,
    "      fitTypes=STATUS_BARS NAVIGATION_BARS CAPTION_BAR}",
  ];
}

/** Since Android 10 the focus is no part of this, but of the displays. */
function windows(phone: Phone): string[] {
  const top = phone.activities.top();
  const systemUid = 1000;
  const uid = phone.packages.get(top.package)?.uid ?? 0;
  const { awake } = phone.windows;
  const keyboard = phone.windows.keyboardShown
    ? [[`${keyboardWindow}:`, "    mDisplayId=0", "    isOnScreen=true", "    isVisible=true"]]
    : [];
  const above = [...systemBarWindows(phone), ...keyboard];
  const rows = phone.windows
    .windows()
    .flatMap((window, at) => [
      `  Window #${at + above.length} ${formatWindow(phone, window)}:`,
      `    mDisplayId=0 rootTaskId=${phone.activities.tasks()[0]!.id} mSession=Session{${hashOf(uid)}}`,
      window.kind === "system"
        ? `    mOwnerUid=${systemUid} showForAllUsers=true package=android appop=SYSTEM_ALERT_WINDOW`
        : `    mOwnerUid=${uid} showForAllUsers=false package=${top.package} appop=NONE`,
      ...formatAttributes(window),
      `    mHasSurface=${awake} isReadyForDisplay()=${awake} mWindowRemovalAllowed=false`,
      `    isOnScreen=${awake}`,
      `    isVisible=${awake}`,
    ]);
  return [
    "WINDOW MANAGER WINDOWS (dumpsys window windows)",
    ...above.map((lines, at) => `  Window #${at} ${lines.join("\n")}`),
    ...rows,
    "",
    `  mGlobalConfiguration={1.0 310mcc260mnc [en_US] ldltr ${configuration(phone)}}`,
    "  mHasPermanentDpad=false",
    "  mTopFocusedDisplayId=0",
  ];
}

/** Sizes in dp at 420 dpi, and how the screen is turned, as Configuration.toString has them. */
function configuration({ windows: { width, height } }: Phone): string {
  const [w, h] = [width, height].map((side) => Math.floor((side * 160) / 420)) as [number, number];
  return `sw${Math.min(w, h)}dp w${w}dp h${h}dp 420dpi nrml long ${width > height ? "land" : "port"}`;
}

function displays(phone: Phone): string[] {
  const { width, height, rotation, awake } = phone.windows;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const turned = `ROTATION_${rotation * 90}`;
  const [front] = phone.windows.windows();
  const { systemFocus } = phone.windows;
  const app = systemFocus === undefined && front ? formatWindow(phone, front) : undefined;
  // With the screen off the shade, which is the lock screen as well, has the focus.
  const focus = awake && app !== undefined ? app : systemUiWindows[systemFocus ?? "NotificationShade"];
  return [
    "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)",
    "  Display: mDisplayId=0",
    `    init=${WIDTH}x${HEIGHT} 420dpi cur=${width}x${height} app=${width}x${height} rng=${short}x${short}-${long}x${long}`,
    `    mCurrentRotation=${turned}`,
    `    mRotation=${turned} mDeferredRotationPauseCount=0`,
    `  mCurrentFocus=${focus}`,
    `  mFocusedApp=${formatTop(phone)}`,
    ...(phone.windows.keyboardShown ? [`  mInputMethodWindow=${keyboardWindow}`] : []),
  ];
}

function policy(phone: Phone): string[] {
  const { awake } = phone.windows;
  return [
    "WINDOW MANAGER POLICY STATE (dumpsys window policy)",
    `    mAwake=${awake} mScreenOnEarly=${awake} mScreenOnFully=${awake}`,
    "    isStatusBarKeyguard=false mShowingDream=false mDreamingLockscreen=false mDreamingSleepToken=null",
    "    KeyguardServiceDelegate\n      showing=false",
  ];
}

/** What was in front when an app last did not respond, kept in the words in which the live state is told. */
function lastAnr({ log }: Phone): string[] {
  const head = "WINDOW MANAGER LAST ANR (dumpsys window lastanr)";
  const line = log.lines().findLast(({ message }) => message.startsWith("ANR in "));
  const component = splitComponent(/\((.*)\)/u.exec(line?.message ?? "")?.[1] ?? "");
  if (line === undefined || component === undefined) return [head, "  <no ANR has occurred since boot>"];
  const record = formatRecord({ id: 0, ...component }, 0);
  const name = `${component.package}/${className(component.package, component.activity)}`;
  const focus = `  mCurrentFocus=Window{${hashOf(0)} u0 ${name}}`;
  return [
    head,
    `  ANR time: ${strftime("%b %e, %Y %H:%M:%S", new Date(line.at))}`,
    `  Application at fault: ${record}`,
    `  Window #0 Window{${hashOf(0)} u0 ${name}}:`,
    `    mOwnerUid=0 showForAllUsers=false package=${component.package} appop=NONE`,
    focus,
    "",
    "Last ANR continued",
    "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)",
    focus,
    `  mFocusedApp=${record}`,
  ];
}

/** `dumpsys window [lastanr|windows|displays|policy]`: what is on the screen, what has the focus, the screen's size. */
export function dumpWindow({ phone }: CommandContext, args: readonly string[]): string {
  switch (args[0] ?? "") {
    case "lastanr":
    case "l":
      return lastAnr(phone).join("\n");
    case "displays":
    case "d":
      return displays(phone).join("\n");
    case "policy":
    case "p":
      return policy(phone).join("\n");
    case "windows":
    case "w":
      return windows(phone).join("\n");
    default:
      return [...lastAnr(phone), "", ...policy(phone), "", ...displays(phone), "", ...windows(phone)].join(
        "\n",
      );
  }
}
