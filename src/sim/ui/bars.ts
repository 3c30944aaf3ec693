/** What stands at the edges of a screen: the bar at its top, tabs, the main places, the round button. */
import { theme } from "./theme.ts";
import { column, icon, iconButton, row, text } from "./widgets.ts";
import type { BoxView, IconName, View, ViewBase } from "./view.ts";

export interface BarAction {
  icon: IconName;
  desc: string;
  onTap: () => void;
  id?: string;
  enabled?: boolean;
}

export interface AppBarOptions {
  title?: string;
  subtitle?: string;
  /** In place of the title, such as a search field. */
  content?: View;
  /** Shows an arrow to the left, "Navigate up". */
  onUp?: () => void;
  /** The arrow's other icon and name, such as a cross "Close" or three lines "Open navigation drawer". */
  up?: { icon: IconName; desc: string };
  actions?: readonly (BarAction | false)[];
  /** Shows three dots to the right, "More options". */
  onMore?: () => void;
  background?: string;
  color?: string;
}

export function appBar(options: AppBarOptions): BoxView {
  const color = options.color ?? theme.text;
  const up = options.up ?? { icon: "back", desc: "Navigate up" };
  const actions = (options.actions ?? []).filter((action) => action !== false);
  return row(
    [
      options.onUp &&
        iconButton(up.icon, up.desc, options.onUp, { color, className: "android.widget.ImageButton" }),
      options.content ??
        column(
          [
            text(options.title ?? "", { size: 20, color, maxLines: 1, bold: true }),
            options.subtitle !== undefined && text(options.subtitle, { size: 13, color, maxLines: 1 }),
          ],
          { style: { grow: 1, marginHorizontal: options.onUp ? 8 : 12 } },
        ),
      ...actions.map(({ icon, desc, onTap, ...rest }) =>
        iconButton(icon, desc, onTap, { color, className: "android.widget.Button", ...rest }),
      ),
      options.onMore &&
        iconButton("more", "More options", options.onMore, { color, className: "android.widget.ImageView" }),
    ],
    {
      id: "toolbar",
      style: {
        height: 56,
        paddingHorizontal: 4,
        background: options.background ?? theme.background,
      },
    },
  );
}

/** The round button over the lower right corner. The last child of the screen's root box. */
export function fab(
  name: IconName,
  desc: string | undefined,
  onTap: () => void,
  options: ViewBase = {},
): View {
  return iconButton(name, desc, onTap, {
    id: "fab",
    color: theme.onPrimaryContainer,
    className: "android.widget.ImageButton",
    ...options,
    style: {
      width: 56,
      height: 56,
      radius: 16,
      background: theme.primaryContainer,
      elevation: 6,
      absolute: { right: 16, bottom: 16 },
      ...options.style,
    },
  });
}

export interface TabItem {
  label: string;
  icon?: IconName;
  selected: boolean;
  onTap: () => void;
  id?: string;
}

/** Tabs of equal width, the selected one underlined. */
export function tabs(items: readonly TabItem[]): BoxView {
  return row(
    items.map(({ label, icon: name, selected, onTap, id }) => {
      const color = selected ? theme.primary : theme.secondaryText;
      return column(
        [
          name && icon(name, { color, size: 20 }),
          text(label, { size: 14, bold: true, color, maxLines: 1 }),
          selected &&
            column([], {
              style: {
                height: 3,
                background: theme.primary,
                radius: 2,
                absolute: { left: 8, right: 8, bottom: 0 },
              },
            }),
        ],
        {
          ...(id === undefined ? {} : { id }),
          desc: label,
          selected,
          onTap,
          style: { grow: 1, width: 0, height: name ? 60 : 48, align: "center", justify: "center", gap: 2 },
        },
      );
    }),
    { id: "tabs", style: { background: theme.background } },
  );
}

/** The bar of an app's main places, at the bottom of the screen. */
export function bottomNav(items: readonly (TabItem & { icon: IconName })[]): BoxView {
  return row(
    items.map(({ label, icon: name, selected, onTap, id }) => {
      const color = selected ? theme.onPrimaryContainer : theme.secondaryText;
      return column(
        [
          column([icon(name, { color })], {
            style: {
              width: 60,
              height: 32,
              radius: 16,
              align: "center",
              justify: "center",
              ...(selected ? { background: theme.primaryContainer } : {}),
            },
          }),
          text(label, { size: 12, bold: selected, color, maxLines: 1 }),
        ],
        {
          ...(id === undefined ? {} : { id }),
          desc: label,
          className: "android.widget.FrameLayout",
          selected,
          onTap,
          style: { grow: 1, width: 0, align: "center", justify: "center", gap: 4 },
        },
      );
    }),
    { id: "bottom_navigation", style: { height: 80, align: "stretch", background: theme.surface } },
  );
}
