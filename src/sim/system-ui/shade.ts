/** The notification shade as one window over the whole screen (AOSP's super_notification_shade). */
import { column, type View } from "../ui/index.ts";
import { SYSTEM_UI } from "../ui/bar-trees.ts";
import type { ShadeRoom } from "../ui/windows.ts";
import { firstQuickSettings, allQuickSettings } from "./quick-settings.ts";
import type { Shade } from "./host.ts";
import { shadeHeader } from "./header.ts";
import { notificationList } from "./notification-list.ts";

/** Where the notifications begin below four tiles in two lines, or in one, in dp. */
const listTop = { upright: 216, lying: 148 };

/** `time` is what the status bar's clock says. */
export function shadeView(shade: Shade, room: ShadeRoom, time: string): View {
  const { state } = shade;
  const open = state.panel === "settings";
  const vertical = (direction: "up" | "down"): void => {
    if (direction === "down") state.panel = "settings";
    else stepBack(shade);
  };
  const full = { absolute: { left: 0, top: 0, right: 0, bottom: 0 } } as const;
  const above = { left: 0, top: 0, right: 0, ...(open ? { bottom: room.bottom } : {}) };
  return column(
    [
      scrim("scrim_behind"),
      column(
        [
          column(
            [
              column(
                [
                  shadeHeader(shade.host, time),
                  open ? allQuickSettings(shade, room.width) : firstQuickSettings(shade, room.width),
                ],
                { style: { absolute: above } },
              ),
              !open &&
                notificationList(
                  shade,
                  { top: room.width > 600 ? listTop.lying : listTop.upright, bottom: room.bottom },
                  vertical,
                ),
            ],
            {
              id: "notification_container_parent",
              className: "android.view.ViewGroup",
              style: { absolute: { ...full.absolute, left: room.left, right: room.right } },
            },
          ),
        ],
        { id: "notification_panel", className: "android.widget.FrameLayout", style: full },
      ),
    ],
    {
      id: `${SYSTEM_UI}:id/legacy_window_root`,
      className: "android.widget.FrameLayout",
      onSwipe: (direction) => {
        if (direction === "up" || direction === "down") vertical(direction);
      },
    },
  );
}

function scrim(id: string): View {
  return column([], {
    id,
    className: "android.view.View",
    style: { absolute: { left: 0, top: 0, right: 0, bottom: 0 }, background: "rgba(0,0,0,0.92)" },
  });
}

/** Back, or a swipe up: from the whole panel to the first tiles, and from there to the app. */
export function stepBack({ state, close }: Shade): void {
  if (state.panel === "settings") state.panel = "notifications";
  else close();
}
