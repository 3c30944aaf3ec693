import { className } from "../system/intents.ts";
import type { Phone } from "../system/phone.ts";
import type { CommandContext } from "./command.ts";

/** Stands for the object's hash in Android's dumps: made of its id, so that a run can be repeated. */
export function hashOf(id: number): string {
  return (0x1000000 + id * 7919).toString(16).slice(-7);
}

/** The record in front, as `dumpsys` prints an ActivityRecord. */
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
  return `ActivityRecord{${hashOf(record.id)} u0 ${record.package}/${short} t${taskId}}`;
}

/** `dumpsys window [windows|displays|policy|input]`: what has the focus, and the screen's size. */
export function dumpWindow({ phone }: CommandContext, args: readonly string[]): string {
  const { width, height } = phone.windows;
  const top = phone.activities.top();
  const { awake } = phone.windows;
  const focus = awake
    ? `Window{${hashOf(top.id)} u0 ${top.package}/${className(top.package, top.activity)}}`
    : "Window{7bd8fb3 u0 NotificationShade}";
  const ime = phone.windows.keyboardShown ? "Window{9c5d0a1 u0 InputMethod}" : "null";
  const display = [
    "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)",
    "  Display: mDisplayId=0",
    `    init=${width}x${height} 420dpi cur=${width}x${height} app=${width}x${height} rng=${width}x${width}-${height}x${height}`,
    "    mCurrentRotation=ROTATION_0",
    "    mRotation=ROTATION_0 mDeferredRotationPauseCount=0",
    `  mCurrentFocus=${focus}`,
    `  mFocusedApp=${formatTop(phone)}`,
  ];
  const policy = [
    "WINDOW MANAGER POLICY STATE (dumpsys window policy)",
    `    mAwake=${awake} mScreenOnEarly=${awake} mScreenOnFully=${awake}`,
    "    isStatusBarKeyguard=false mShowingDream=false mDreamingLockscreen=false mDreamingSleepToken=null",
    "    KeyguardServiceDelegate\n      showing=false",
  ];
  const windows = [
    "WINDOW MANAGER WINDOWS (dumpsys window windows)",
    `  Window #0 ${focus}:`,
    `    mDisplayId=0 package=${top.package} appop=NONE`,
    `    mFrame=[0,0][${width},${height}] isReadyForDisplay()=${awake}`,
    `  mInputMethodWindow=${ime}`,
    "  mGlobalConfiguration={1.0 310mcc260mnc [en_US] ldltr sw411dp w411dp h914dp 420dpi nrml long port}",
    "  mHasPermanentDpad=false",
    `  mCurrentFocus=${focus}`,
    `  mFocusedApp=${formatTop(phone)}`,
    "  mCurrentRotation=ROTATION_0",
  ];
  switch (args[0] ?? "") {
    case "displays":
    case "d":
      return display.join("\n");
    case "policy":
    case "p":
      return policy.join("\n");
    case "windows":
    case "w":
      return windows.join("\n");
    default:
      return [...policy, "", ...display, "", ...windows].join("\n");
  }
}
