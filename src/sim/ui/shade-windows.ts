/** The windows of the notification shade, as the window manager lays them over everything else. */
import { SYSTEM_UI } from "./bar-trees.ts";
import { displayOf } from "./display.ts";
import { DENSITY } from "./metrics.ts";
import type { ScreenState } from "./state.ts";
import { barsOf } from "./system-bars.ts";
import type { View } from "./view.ts";
import type { WindowHost } from "./windows.ts";

interface ShadeWindow {
  layer: "shade" | "shadeDialog";
  shown: { view: View; look: "shade" | "dialog"; onDismiss?: () => void };
  system: { layer: "shade" | "shadeDialog"; package: string; title: string };
}

/** Titles as `dumpsys window` has them (AOSP's NotificationShadeWindowControllerImpl and InternetDialog). */
export const shadeTitles = { shade: "NotificationShade", shadeDialog: "InternetDialog" } as const;

/** Bottom first; none while the shade is closed. */
export function shadeWindows(host: WindowHost, state: ScreenState): ShadeWindow[] {
  const { shade } = state;
  if (shade === undefined) return [];
  const close = (): void => {
    delete state.shade;
  };
  const { width, height, content } = displayOf(host.settings);
  const room = {
    left: content.left / DENSITY,
    right: (width - content.right) / DENSITY,
    bottom: (height - content.bottom) / DENSITY,
    width: (content.right - content.left) / DENSITY,
  };
  const view = host.systemUi.shade(shade, close, room, barsOf(host).clock);
  const windows: ShadeWindow[] = [windowOf("shade", { view, look: "shade" })];
  if (shade.internetDialog) {
    const onDismiss = (): void => {
      shade.internetDialog = false;
    };
    const dialog = host.systemUi.internetDialog(shade, close);
    windows.push(windowOf("shadeDialog", { view: dialog, look: "dialog", onDismiss }));
  }
  return windows;
}

function windowOf(layer: ShadeWindow["layer"], shown: ShadeWindow["shown"]): ShadeWindow {
  return { layer, shown, system: { layer, package: SYSTEM_UI, title: shadeTitles[layer] } };
}
