/**
 * One notification in the shade, folded or unfolded, as Android 12 and later lay them out (AOSP's
 * notification_template_material_base and _big_base within status_bar_notification_row).
 */
import { isClearable, type PostedNotification } from "../system/notifications.ts";
import { button, column, icon, row, text, theme, type View } from "../ui/index.ts";
import { leaveTo, type Shade } from "./host.ts";
import { timeView } from "./notification-time.ts";

type Direction = "up" | "down" | "left" | "right";

/** Width in dp of what stands left and right of the texts. */
const side = { icon: 52, button: 56 };

export function notificationRow(
  shade: Shade,
  posted: PostedNotification,
  unfolded: boolean,
  vertical: (direction: "up" | "down") => void,
): View {
  const { intent } = posted;
  const open = (): void => {
    if (posted.autoCancel) shade.host.notifications.cancel(posted.key);
    leaveTo(shade, intent!);
  };
  const onSwipe = (direction: Direction): void => {
    if (direction === "up" || direction === "down") vertical(direction);
    else if (isClearable(posted)) shade.host.notifications.clear(posted.key);
  };
  return column(
    [
      background("backgroundNormal"),
      column([unfolded ? unfoldedContent(shade, posted) : foldedContent(shade, posted)], {
        id: "expanded",
        className: "android.widget.FrameLayout",
      }),
    ],
    {
      id: "expandableNotificationRow",
      className: "android.widget.FrameLayout",
      onSwipe,
      ...(intent === undefined ? {} : { onTap: open }),
      style: { marginHorizontal: 16, background: theme.background, radius: 24 },
    },
  );
}

function background(id: string): View {
  return column([], {
    id,
    className: "android.view.View",
    style: { absolute: { left: 0, top: 0, right: 0, bottom: 0 } },
  });
}

function foldedContent(shade: Shade, posted: PostedNotification): View {
  return row(
    [
      smallIcon(shade, posted),
      row(
        [
          column(
            [
              topLine([
                text(posted.title, { id: "android:id/title", size: 14, bold: true, maxLines: 1 }),
                ...timeView(shade.host.clock, posted),
              ]),
              mainColumn([text(posted.text, { id: "android:id/text", size: 14, maxLines: 1 })]),
            ],
            { id: "android:id/notification_headerless_view_column", style: { grow: 1, width: 0 } },
          ),
          foldButton(shade, posted, "Expand"),
        ],
        { id: "android:id/notification_headerless_view_row", style: { grow: 1, width: 0 } },
      ),
    ],
    { ...content, style: { minHeight: 83 } },
  );
}

function unfoldedContent(shade: Shade, posted: PostedNotification): View {
  const { label = posted.package } = shade.host.packages.get(posted.package) ?? {};
  const name = text(label, {
    id: "android:id/app_name_text",
    size: 12,
    color: theme.secondaryText,
    maxLines: 1,
  });
  return column(
    [
      row(
        [
          smallIcon(shade, posted),
          topLine([name, ...timeView(shade.host.clock, posted)], { grow: 1, width: 0 }),
          foldButton(shade, posted, "Collapse"),
        ],
        {
          id: "android:id/notification_header",
          className: "android.widget.RelativeLayout",
          style: { height: 56 },
        },
      ),
      mainColumn(
        [
          text(posted.title, { id: "android:id/title", size: 14, bold: true }),
          text(posted.text, { id: "android:id/text", size: 14, maxLines: 8 }),
        ],
        side.icon,
      ),
      actions(shade, posted),
    ],
    { ...content, style: { paddingVertical: 4 } },
  );
}

const content = {
  id: "android:id/status_bar_latest_event_content",
  className: "android.widget.FrameLayout",
} as const;

function topLine(parts: readonly View[], style: View["style"] = {}): View {
  return row(parts, {
    id: "android:id/notification_top_line",
    className: "android.view.ViewGroup",
    style: { gap: 4, ...style },
  });
}

function mainColumn(parts: readonly View[], marginHorizontal = 0): View {
  return column(parts, { id: "android:id/notification_main_column", style: { marginHorizontal } });
}

/** The icon, and around it a place that folds and unfolds as the button does. */
function smallIcon(shade: Shade, posted: PostedNotification): View {
  return column([icon(posted.icon, { id: "android:id/icon", size: 18, style: { width: 24, height: 24 } })], {
    id: "android:id/alternate_expand_target",
    className: "android.widget.FrameLayout",
    onTap: () => fold(shade, posted),
    style: { width: side.icon, alignSelf: "stretch", justify: "center", align: "center" },
  });
}

function foldButton(shade: Shade, posted: PostedNotification, desc: "Expand" | "Collapse"): View {
  return column(
    [icon(desc === "Expand" ? "expand" : "collapse", { id: "android:id/expand_button_icon", size: 16 })],
    {
      id: "android:id/expand_button",
      className: "android.widget.Button",
      desc,
      onTap: () => fold(shade, posted),
      style: { width: side.button, alignSelf: "stretch", justify: "center", align: "center" },
    },
  );
}

function fold({ state }: Shade, { key }: PostedNotification): void {
  const without = state.toggled.filter((each) => each !== key);
  state.toggled = without.length < state.toggled.length ? without : [...without, key];
}

function actions({ host }: Shade, posted: PostedNotification): View | undefined {
  const shown = posted.actions ?? [];
  if (shown.length === 0) return undefined;
  return row(
    shown.map(({ title, intent }) =>
      button(title, () => host.broadcast(intent), {
        id: "android:id/action0",
        look: "text",
        style: { height: 48 },
      }),
    ),
    { id: "android:id/actions", style: { marginHorizontal: side.icon - 12 } },
  );
}
