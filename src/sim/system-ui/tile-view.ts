/** One tile: a switch that holds its icon and its labels (AOSP's QSTileViewImpl). */
import { column, icon, row, text, theme, type View } from "../ui/index.ts";
import { leaveTo, type Shade } from "./host.ts";
import type { Tile } from "./tiles.ts";

/** `width` in dp. */
export function tileView(
  shade: Shade,
  tile: Tile,
  { width, height }: { width: number; height: number },
): View {
  const color = tile.active ? theme.onPrimaryContainer : "#e3e3e3";
  const { page } = tile;
  const view = row(
    [
      column([icon(tile.icon, { id: "android:id/icon", size: 20, color })], {
        className: "android.widget.FrameLayout",
        style: { width: 20, height: 20 },
      }),
      column(
        [
          text(tile.label, { id: "tile_label", size: 14, color, maxLines: 1 }),
          text(tile.state, { id: "app_label", size: 14, color, maxLines: 1 }),
        ],
        { style: { grow: 1, width: 0 } },
      ),
      tile.chevron && icon("chevron-right", { id: "chevron", size: 16, color }),
    ],
    {
      desc: tile.desc,
      onTap: tile.onTap,
      ...(page === undefined ? {} : { onLongPress: () => leaveTo(shade, { action: page }) }),
      style: {
        width,
        height,
        gap: 12,
        paddingHorizontal: 16,
        radius: 24,
        background: tile.active ? theme.primaryContainer : "#303134",
      },
    },
  );
  return { ...view, switch: { on: tile.on, text: tile.on ? "On" : "Off" } };
}

/** Side margin and the room between tiles, in dp. */
export const margin = 16;
export const gap = 8;

/** All tiles, two beside each other or, on a phone that lies, four. `total` is the width they share, in dp. */
export function tileLayout(shade: Shade, tiles: readonly Tile[], total: number, height: number): View {
  const columns = total > 600 ? 4 : 2;
  // A pixel less than there is, since tiles that do not fit go to the next line.
  const width = (total - 2 * margin - (columns - 1) * gap - 1) / columns;
  return row(
    tiles.map((tile) => tileView(shade, tile, { width, height })),
    {
      className: "android.view.ViewGroup",
      style: { wrap: true, gap, align: "start" },
    },
  );
}
