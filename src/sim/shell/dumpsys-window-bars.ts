import type { Phone } from "../system/phone.ts";
import { displayOf } from "../ui/display.ts";
import type { Rect } from "../ui/metrics.ts";

/** The windows of System UI that lie above all apps, as `dumpsys window windows` tells of them. */
export function systemBarWindows({ settings, windows }: Phone): string[][] {
  const { navigationBar, statusBar } = displayOf(settings);
  const visibility = windows.awake ? "0x0" : "0x8";
  return [
    barWindow("Window{6a1b2c3 u0 NavigationBar0}", "NAVIGATION_BAR", navigationBar, visibility),
    barWindow("Window{5d4e3f2 u0 StatusBar}", "STATUS_BAR", statusBar, visibility),
  ];
}

/** The lines that follow `Window #N `, where the first one ends that line. */
function barWindow(name: string, type: string, bounds: Rect, visibility: string): string[] {
  const { left, top, right, bottom } = bounds;
  const frame = `[${left},${top}][${right},${bottom}]`;
  return [
    `${name}:`,
    "    mDisplayId=0 mSession=Session{8c0de21 801:u0a10170} mClient=android.os.BinderProxy@1f2e3d4",
    "    mOwnerUid=10170 showForAllUsers=true package=com.android.systemui appop=NONE",
    `    mAttrs={(0,0)(${right - left}x${bottom - top}) sim={adjust=pan} ty=${type} fmt=TRANSLUCENT`,
    "      fl=NOT_FOCUSABLE SPLIT_TOUCH HARDWARE_ACCELERATED SLIPPERY}",
    `    mViewVisibility=${visibility} mHaveFrame=true mObscured=false`,
    `    Frames: parent=${frame} display=${frame} frame=${frame} last=${frame} insetsChanged=false`,
  ];
}
