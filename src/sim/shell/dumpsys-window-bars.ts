import type { Phone } from "../system/phone.ts";
import { displayOf } from "../ui/display.ts";
import { rect, type Rect } from "../ui/metrics.ts";

/** The windows of System UI that can have the focus, by their titles. */
export const systemUiWindows = {
  NotificationShade: "Window{7bd8fb3 u0 NotificationShade}",
  InternetDialog: "Window{4c3d2e1 u0 InternetDialog}",
} as const;

/** The windows of System UI that lie above all apps, as `dumpsys window windows` tells of them, the topmost first. */
export function systemBarWindows({ settings, windows }: Phone): string[][] {
  const { navigationBar, statusBar, width, height } = displayOf(settings);
  const visibility = windows.awake ? "0x0" : "0x8";
  const { systemFocus } = windows;
  const whole = rect(0, 0, width, height);
  return [
    barWindow("Window{6a1b2c3 u0 NavigationBar0}", "NAVIGATION_BAR", navigationBar, visibility),
    ...(systemFocus === "InternetDialog"
      ? [panelWindow("InternetDialog", "STATUS_BAR_SUB_PANEL", whole, true, "DIM_BEHIND")]
      : []),
    // Its window is always there, and invisible while the shade is closed.
    panelWindow("NotificationShade", "NOTIFICATION_SHADE", whole, systemFocus !== undefined, ""),
    barWindow("Window{5d4e3f2 u0 StatusBar}", "STATUS_BAR", statusBar, visibility),
  ];
}

function panelWindow(
  title: keyof typeof systemUiWindows,
  type: string,
  bounds: Rect,
  visible: boolean,
  flag: string,
): string[] {
  const flags = [flag, visible ? "" : "NOT_FOCUSABLE", "SPLIT_TOUCH HARDWARE_ACCELERATED"].filter(Boolean);
  return [
    ...windowLines(systemUiWindows[title], type, bounds, visible ? "0x0" : "0x4", flags.join(" ")),
    `    isOnScreen=${visible}`,
    `    isVisible=${visible}`,
  ];
}

function barWindow(name: string, type: string, bounds: Rect, visibility: string): string[] {
  const flags = "NOT_FOCUSABLE SPLIT_TOUCH HARDWARE_ACCELERATED SLIPPERY";
  return windowLines(name, type, bounds, visibility, flags);
}

/** The lines that follow `Window #N `, where the first one ends that line. */
function windowLines(name: string, type: string, bounds: Rect, visibility: string, flags: string): string[] {
  const { left, top, right, bottom } = bounds;
  const frame = `[${left},${top}][${right},${bottom}]`;
  return [
    `${name}:`,
    "    mDisplayId=0 mSession=Session{8c0de21 801:u0a10170} mClient=android.os.BinderProxy@1f2e3d4",
    "    mOwnerUid=10170 showForAllUsers=true package=com.android.systemui appop=NONE",
    `    mAttrs={(0,0)(${right - left}x${bottom - top}) sim={adjust=pan} ty=${type} fmt=TRANSLUCENT`,
    `      fl=${flags}}`,
    `    mViewVisibility=${visibility} mHaveFrame=true mObscured=false`,
    `    Frames: parent=${frame} display=${frame} frame=${frame} last=${frame} insetsChanged=false`,
  ];
}
