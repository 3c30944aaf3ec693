/** The panel with the tiles: the first four above the notifications, or all of them with the brightness. */
import { column, icon, row, scroll, spacer, type View } from "../ui/index.ts";
import { brightnessSlider } from "./brightness.ts";
import { leaveTo, type Shade } from "./host.ts";
import { margin, tileLayout } from "./tile-view.ts";
import { tilesOf } from "./tiles.ts";

const firstTiles = 4;
const tileHeight = { first: 60, all: 80 };

/** `width` is the screen's, in dp. */
export function firstQuickSettings(shade: Shade, width: number): View {
  const tiles = tilesOf(shade).slice(0, firstTiles);
  return frame(
    column(
      [
        column([tileLayout(shade, tiles, width, tileHeight.first)], {
          id: "quick_qs_panel",
          className: "android.widget.LinearLayout",
          style: { paddingHorizontal: margin },
        }),
      ],
      { id: "header", className: "android.widget.RelativeLayout", style: { paddingVertical: 4 } },
    ),
    false,
  );
}

export function allQuickSettings(shade: Shade, width: number): View {
  return frame(
    scroll(
      "expanded_qs_scroll_view",
      [
        column(
          [
            brightnessSlider(shade.host),
            column([tileLayout(shade, tilesOf(shade), width, tileHeight.all)], {
              id: "qs_pager",
              className: "androidx.viewpager.widget.ViewPager",
            }),
            footer(shade),
          ],
          {
            id: "quick_settings_panel",
            className: "android.widget.LinearLayout",
            style: { paddingHorizontal: margin, gap: 16 },
          },
        ),
      ],
      { style: { grow: 1 } },
    ),
    true,
  );
}

function frame(content: View, fills: boolean): View {
  return column(
    [
      column([content], {
        id: "quick_settings_container",
        className: "android.widget.FrameLayout",
        ...(fills ? { style: { grow: 1 } } : {}),
      }),
    ],
    { id: "qs_frame", className: "android.widget.FrameLayout", ...(fills ? { style: { grow: 1 } } : {}) },
  );
}

function footer(shade: Shade): View {
  return row(
    [
      spacer(),
      row([icon("settings", { id: "icon", size: 20, color: "#e3e3e3" })], {
        id: "settings_button_container",
        className: "android.widget.FrameLayout",
        desc: "Open settings.",
        onTap: () => leaveTo(shade, { action: "android.settings.SETTINGS" }),
        style: { width: 48, height: 48, radius: 24, background: "#303134", justify: "center" },
      }),
    ],
    { id: "qs_footer_actions", style: { height: 56 } },
  );
}
