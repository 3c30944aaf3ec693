/** The status bar's contents and the navigation bar's buttons. */
import { KEY } from "./keycodes.ts";
import { HEIGHT, NAVIGATION_BAR, NAVIGATION_TOP, WIDTH, contains, rect, type Rect } from "./metrics.ts";
import type { IconName } from "./view.ts";
import type { WindowHost } from "./windows.ts";

/** What the status bar shows. */
export interface Bars {
  /** `9:41`. */
  clock: string;
  icons: IconName[];
  /** Percent. */
  battery: number;
}

export function barsOf({ clock, settings }: WindowHost): Bars {
  const date = clock.date();
  const hours = date.getUTCHours();
  const shownHours = settings.get("system", "time_12_24") === "24" ? hours : hours % 12 || 12;
  const on = (key: string): boolean => (settings.get("global", key) ?? "0") !== "0";
  const icons: IconName[] = [];
  if (on("bluetooth_on")) icons.push("bluetooth");
  if (on("airplane_mode_on")) icons.push("airplane");
  if (on("wifi_on")) icons.push("wifi");
  return { clock: `${shownHours}:${String(date.getUTCMinutes()).padStart(2, "0")}`, icons, battery: 100 };
}

export interface NavigationButton {
  desc: string;
  key: number;
  shape: "back" | "home" | "recents";
  rect: Rect;
}

const WIDE = Math.round(WIDTH / 4);

function button(
  desc: string,
  key: number,
  shape: NavigationButton["shape"],
  centre: number,
): NavigationButton {
  return {
    desc,
    key,
    shape,
    rect: rect(Math.round(centre - WIDE / 2), NAVIGATION_TOP, WIDE, NAVIGATION_BAR),
  };
}

export const navigationButtons: readonly NavigationButton[] = [
  button("Back", KEY.BACK, "back", WIDTH * 0.2),
  button("Home", KEY.HOME, "home", WIDTH * 0.5),
  button("Overview", KEY.APP_SWITCH, "recents", WIDTH * 0.8),
];

export function navigationKeyAt(x: number, y: number): number | undefined {
  return y < HEIGHT ? navigationButtons.find((one) => contains(one.rect, x, y))?.key : undefined;
}
