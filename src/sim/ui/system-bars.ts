/** The status bar's contents and the navigation bar's buttons. */
import { airplaneModeOn, bluetoothOn, wifiOn } from "../system/radios.ts";
import { KEY } from "./keycodes.ts";
import type { Display } from "./display.ts";
import { contains, rect, type Rect } from "./metrics.ts";
import type { IconName } from "./view.ts";
import type { NotificationIcon, WindowHost } from "./windows.ts";

/** What the status bar shows. */
export interface Bars {
  /** `9:41`. */
  clock: string;
  icons: IconName[];
  /** As many as there is room for. */
  notifications: readonly NotificationIcon[];
  /** Percent. */
  battery: number;
}

/** AOSP's NotificationIconContainer shows so many, and dots for the others. */
const MOST_NOTIFICATIONS = 4;
/** Where they begin, in pixels from the bar's left edge. */
export const NOTIFICATIONS_LEFT = 210;

export function barsOf({ clock, settings, systemUi }: WindowHost): Bars {
  const date = clock.date();
  const hours = date.getUTCHours();
  const shownHours = settings.get("system", "time_12_24") === "24" ? hours : hours % 12 || 12;
  const icons: IconName[] = [];
  if (bluetoothOn(settings)) icons.push("bluetooth");
  if (airplaneModeOn(settings)) icons.push("airplane");
  if (wifiOn(settings)) icons.push("wifi");
  return {
    clock: `${shownHours}:${String(date.getUTCMinutes()).padStart(2, "0")}`,
    icons,
    notifications: systemUi.icons().slice(0, MOST_NOTIFICATIONS),
    battery: 100,
  };
}

export interface NavigationButton {
  desc: string;
  key: number;
  shape: "back" | "home" | "recents";
  rect: Rect;
}

const buttons = [
  { desc: "Back", key: KEY.BACK, shape: "back", place: 0.2 },
  { desc: "Home", key: KEY.HOME, shape: "home", place: 0.5 },
  { desc: "Overview", key: KEY.APP_SWITCH, shape: "recents", place: 0.8 },
] as const;

/** Beside each other; at the side of a phone that lies, above each other with Back where the bottom was left. */
export function navigationButtons({ navigationBar: bar, rotation }: Display): NavigationButton[] {
  const width = bar.right - bar.left;
  const height = bar.bottom - bar.top;
  return buttons.map(({ place, ...button }) => {
    if (width > height) {
      const wide = Math.round(width / 4);
      return { ...button, rect: rect(Math.round(width * place - wide / 2), bar.top, wide, height) };
    }
    const high = Math.round(height / 4);
    const along = rotation === 1 ? 1 - place : place;
    return { ...button, rect: rect(bar.left, Math.round(height * along - high / 2), width, high) };
  });
}

export function navigationKeyAt(display: Display, x: number, y: number): number | undefined {
  return navigationButtons(display).find((one) => contains(one.rect, x, y))?.key;
}
