/** The notifications below the quick settings (AOSP's NotificationStackScrollLayout), and what stands under them. */
import { isClearable, type PostedNotification } from "../system/notifications.ts";
import { button, column, icon, list, row, spacer, text, type View } from "../ui/index.ts";
import { leaveTo, type Shade } from "./host.ts";
import { notificationRow } from "./notification-row.ts";

/** NotificationManager.IMPORTANCE_LOW: without a sound, in a part of their own. */
const low = 2;

/** `top` is how far below the upper edge of the screen they begin, `bottom` the room below them, in dp. */
export function notificationList(
  shade: Shade,
  { top, bottom }: { top: number; bottom: number },
  vertical: (direction: "up" | "down") => void,
): View {
  const { notifications } = shade.host;
  const posted = notifications.list();
  const show = (one: PostedNotification): View => {
    // The first one comes unfolded.
    const unfolded = shade.state.toggled.includes(one.key) !== (one === posted[0]);
    return notificationRow(shade, one, unfolded, vertical);
  };
  const silent = posted.filter(({ importance }) => importance === low);
  const loud = posted.filter(({ importance }) => importance !== low);
  return list(
    "notification_stack_scroller",
    [
      spacer(top),
      ...loud.map(show),
      silent.length > 0 && silentHeader(shade, silent),
      ...silent.map(show),
      posted.length === 0 ? nothing : footer(shade, posted),
    ],
    {
      className: "android.widget.ScrollView",
      style: { absolute: { left: 0, top: 0, right: 0, bottom }, gap: 2 },
    },
  );
}

const nothing = column(
  [text("No notifications", { id: "no_notifications", size: 14, align: "center", color: "#ffffff" })],
  { className: "android.widget.FrameLayout", style: { minHeight: 64, justify: "center" } },
);

function silentHeader(shade: Shade, silent: readonly PostedNotification[]): View {
  return row(
    [
      text("Silent", { id: "header_label", size: 14, color: "#ffffff", style: { grow: 1 } }),
      silent.some(isClearable) &&
        icon("close", {
          id: "btn_clear_all",
          desc: "Clear all silent notifications",
          className: "android.widget.ImageView",
          color: "#ffffff",
          onTap: () => clear(shade, silent),
          style: { width: 48, height: 48 },
        }),
    ],
    { id: "content", style: { marginHorizontal: 32, minHeight: 48 } },
  );
}

function footer(shade: Shade, posted: readonly PostedNotification[]): View {
  const page = "android.settings.NOTIFICATION_SETTINGS";
  const style = { height: 48 };
  return column(
    [
      row(
        [
          button("Manage", () => leaveTo(shade, { action: page }), {
            id: "manage_text",
            look: "text",
            color: "#ffffff",
            style,
          }),
          spacer(),
          posted.some(isClearable) &&
            button("Clear all", () => clear(shade, posted), {
              id: "dismiss_text",
              desc: "Clear all notifications.",
              look: "text",
              color: "#ffffff",
              style,
            }),
        ],
        { id: "content", className: "android.widget.FrameLayout", style: { marginHorizontal: 16 } },
      ),
    ],
    { className: "android.widget.FrameLayout" },
  );
}

/** With the last one that can be cleared, the shade closes, as Android's does. */
function clear(shade: Shade, posted: readonly PostedNotification[]): void {
  const { notifications } = shade.host;
  for (const { key } of posted) notifications.clear(key);
  if (notifications.list().length === 0) shade.close();
}
