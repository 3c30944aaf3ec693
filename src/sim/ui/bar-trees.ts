/** The trees of the status bar and the navigation bar, as System UI's views make them. */
import type { Display } from "./display.ts";
import { rect, type Rect } from "./metrics.ts";
import { NOTIFICATIONS_LEFT, navigationButtons, type Bars } from "./system-bars.ts";
import type { TreeNode } from "./tree.ts";
import type { IconName } from "./view.ts";

export const SYSTEM_UI = "com.android.systemui";

function group(name: string, bounds: Rect, children: TreeNode[], className = "FrameLayout"): TreeNode {
  return {
    className: `android.widget.${className}`,
    resourceId: `${SYSTEM_UI}:id/${name}`,
    bounds,
    children,
  };
}

const iconNodes: Partial<Record<IconName, { id: string; desc: string }>> = {
  wifi: { id: "wifi_combo", desc: "Wifi signal full." },
  airplane: { id: "airplane", desc: "Airplane mode." },
  bluetooth: { id: "bluetooth", desc: "Bluetooth connected." },
};

/** Icons stand to the right, each as wide as the bar is high. */
function statusIcons(bars: Bars, bar: Rect): TreeNode {
  const side = bar.bottom - bar.top;
  const shown = bars.icons.flatMap((name) => iconNodes[name] ?? []);
  const left = bar.right - (shown.length + 2) * side;
  const icons = shown.map(({ id, desc }, at) => ({
    ...group(id, rect(left + at * side, bar.top, side, side), []),
    desc,
  }));
  const battery: TreeNode = {
    ...group("battery", rect(bar.right - 2 * side, bar.top, 2 * side, side), [], "LinearLayout"),
    desc: `Battery charging, ${bars.battery} percent.`,
  };
  const inside = { ...bar, left };
  return group(
    "system_icons",
    inside,
    [group("statusIcons", { ...inside, right: battery.bounds.left }, icons, "LinearLayout"), battery],
    "LinearLayout",
  );
}

/** Behind the clock; without notifications the place has no room. */
function notificationIcons({ notifications }: Bars, bar: Rect): TreeNode[] {
  if (notifications.length === 0) return [];
  const side = bar.bottom - bar.top;
  const left = bar.left + NOTIFICATIONS_LEFT;
  const area = rect(left, bar.top, notifications.length * side, side);
  const icons = notifications.map(({ desc }, at): TreeNode => ({
    className: "android.widget.ImageView",
    bounds: rect(left + at * side, bar.top, side, side),
    desc,
    children: [],
  }));
  return [group("notificationIcons", area, icons)];
}

export function statusBarTree(bars: Bars, { statusBar: bar }: Display): TreeNode {
  const clock: TreeNode = {
    className: "android.widget.TextView",
    resourceId: `${SYSTEM_UI}:id/clock`,
    bounds: { ...bar, left: bar.left + 42, right: bar.left + NOTIFICATIONS_LEFT },
    text: bars.clock,
    desc: bars.clock,
    children: [],
  };
  const parts = [clock, ...notificationIcons(bars, bar), statusIcons(bars, bar)];
  const contents = group("status_bar_contents", bar, parts, "LinearLayout");
  return group("status_bar_container", bar, [group("status_bar", bar, [contents])]);
}

const buttonIds = { back: "back", home: "home", recents: "recent_apps" };

export function navigationBarTree(display: Display): TreeNode {
  const bar = display.navigationBar;
  const buttons = navigationButtons(display).map(({ shape, desc, rect: bounds }): TreeNode => ({
    ...group(buttonIds[shape], bounds, [], "ImageView"),
    desc,
    clickable: true,
    focusable: true,
    longClickable: shape !== "back",
  }));
  return group("navigation_bar_frame", bar, [
    group("navigation_bar_view", bar, [
      group("navigation_inflater", bar, [group("nav_buttons", bar, buttons)]),
    ]),
  ]);
}
