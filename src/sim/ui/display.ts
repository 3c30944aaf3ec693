/** The screen as it is turned now: its size, the bars of the system, and the room they leave. */
import type { SimSettings } from "../system/services.ts";
import { HEIGHT, NAVIGATION_BAR, STATUS_BAR, WIDTH, rect, type Rect } from "./metrics.ts";

/** Quarter turns against the clock, as android.view.Surface counts them: 1 lies on its right side. */
export type Rotation = 0 | 1 | 2 | 3;

export interface Display {
  /** As turned: the longer side where `rotation` is odd. */
  width: number;
  height: number;
  rotation: Rotation;
  statusBar: Rect;
  /** At the bottom; on a phone that lies on its side, at the side where the bottom is. */
  navigationBar: Rect;
  /** Between the bars. */
  content: Rect;
}

/** A locked rotation. A free one follows a sensor that says upright, as an emulator's does. */
function rotationOf(settings: SimSettings): Rotation {
  if (settings.get("system", "accelerometer_rotation") === "1") return 0;
  const turns = Number(settings.get("system", "user_rotation") ?? "0");
  return turns === 1 || turns === 2 || turns === 3 ? turns : 0;
}

/** The smallest and the greatest side that is laid out, in pixels. */
const SMALLEST = 320;
const GREATEST = 4096;

/** Upright: the panel's size, or what `wm size` has put in its place. */
function sizeOf(settings: SimSettings): { width: number; height: number } {
  const forced = /^(\d+),(\d+)$/.exec(settings.get("global", "display_size_forced") ?? "");
  const within = (side: string | undefined): number => Math.min(Math.max(SMALLEST, Number(side)), GREATEST);
  return forced ? { width: within(forced[1]), height: within(forced[2]) } : { width: WIDTH, height: HEIGHT };
}

export function displayOf(settings: SimSettings): Display {
  const upright = sizeOf(settings);
  const rotation = rotationOf(settings);
  const turned = rotation % 2 === 1;
  const width = turned ? upright.height : upright.width;
  const height = turned ? upright.width : upright.height;
  const statusBar = rect(0, 0, width, STATUS_BAR);
  const side = rotation === 1 ? width - NAVIGATION_BAR : 0;
  const navigationBar = turned
    ? rect(side, 0, NAVIGATION_BAR, height)
    : rect(0, height - NAVIGATION_BAR, width, NAVIGATION_BAR);
  const content: Rect = {
    left: rotation === 3 ? NAVIGATION_BAR : 0,
    top: STATUS_BAR,
    right: rotation === 1 ? side : width,
    bottom: turned ? height : navigationBar.top,
  };
  return { width, height, rotation, statusBar, navigationBar, content };
}

export function sameDisplay(a: Display, b: Display): boolean {
  return a.width === b.width && a.height === b.height && a.rotation === b.rotation;
}
