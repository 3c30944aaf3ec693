/** The panel of the simulated device: a Pixel 6 at 420 dpi, upright. All pixels, if not said otherwise. */
export const WIDTH = 1080;
export const HEIGHT = 2400;
export const DENSITY = 420 / 160;
/** Its stable id, which SurfaceFlinger makes of port and EDID. */
export const PANEL_ID = "4619827259835644672";

/** dp to whole pixels. */
export function px(dp: number): number {
  return Math.round(dp * DENSITY);
}

export const STATUS_BAR = px(24);
export const NAVIGATION_BAR = px(48);

/** Right and bottom are exclusive, as in Android's bounds. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function rect(left: number, top: number, width: number, height: number): Rect {
  return { left, top, right: left + width, bottom: top + height };
}

export function intersect(a: Rect, b: Rect): Rect {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  return {
    left,
    top,
    right: Math.max(left, Math.min(a.right, b.right)),
    bottom: Math.max(top, Math.min(a.bottom, b.bottom)),
  };
}

export function isEmpty(r: Rect): boolean {
  return r.right <= r.left || r.bottom <= r.top;
}

export function contains(r: Rect, x: number, y: number): boolean {
  return x >= r.left && x < r.right && y >= r.top && y < r.bottom;
}
