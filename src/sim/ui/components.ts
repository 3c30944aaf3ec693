/** Widgets made of several views: rows, bars, dialogs and menus in the manner of Material Design. */
import { avatarColor, theme } from "./theme.ts";
import {
  button,
  children,
  column,
  divider,
  icon,
  iconButton,
  row,
  text,
  textField,
  type Child,
} from "./widgets.ts";
import type { BoxView, IconName, Style, TextView, View, ViewBase } from "./view.ts";

export interface ListItemOptions extends ViewBase {
  title: string;
  subtitle?: string;
  /** Lines of the subtitle; 2 where not given. */
  subtitleLines?: number;
  /** Before the title: an icon by name, or a view such as `avatar(name)`. */
  leading?: IconName | View;
  /** After the title: a switch, a time, an icon button. */
  trailing?: View;
}

/** A row of a list; a tap anywhere on it calls `onTap`. */
export function listItem({
  title,
  subtitle,
  subtitleLines = 2,
  leading,
  trailing,
  ...base
}: ListItemOptions): BoxView {
  const color = base.enabled === false ? theme.disabled : theme.text;
  return row(
    [
      typeof leading === "string" ? icon(leading, { style: { width: 40, height: 40 } }) : leading,
      column(
        [
          text(title, { id: "title", size: 16, color, maxLines: 2 }),
          subtitle !== undefined &&
            subtitle !== "" &&
            text(subtitle, { id: "summary", size: 14, color: theme.secondaryText, maxLines: subtitleLines }),
        ],
        { style: { grow: 1, gap: 2 } },
      ),
      trailing,
    ],
    {
      ...base,
      style: {
        gap: 16,
        paddingHorizontal: 16,
        paddingVertical: 10,
        minHeight: subtitle ? 72 : 56,
        ...(base.selected ? { background: theme.primaryContainer } : {}),
        ...base.style,
      },
    },
  );
}

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

export function card(contents: readonly Child[], options: ViewBase = {}): BoxView {
  return column(contents, {
    ...options,
    style: {
      background: theme.background,
      radius: 12,
      elevation: 1,
      padding: 16,
      marginHorizontal: 16,
      marginVertical: 6,
      ...options.style,
    },
  });
}

export function chip(label: string, onTap: () => void, options: ViewBase = {}): View {
  const selected = options.selected === true;
  return button(label, onTap, {
    look: selected ? "filled" : "outlined",
    ...options,
    className: options.className ?? "android.widget.Button",
    style: { height: 36, radius: 8, ...options.style },
  });
}

/** A rounded search box. */
export function searchField(options: {
  id: string;
  value: string;
  hint: string;
  onChange: (text: string) => void;
  onSubmit?: () => void;
  autoFocus?: boolean;
  style?: Style;
}): BoxView {
  const { style, ...field } = options;
  return row(
    [
      icon("search"),
      textField({ ...field, plain: true, style: { grow: 1 } }),
      field.value !== "" && iconButton("close", "Clear text", () => field.onChange("")),
    ],
    {
      style: {
        height: 48,
        radius: 24,
        paddingHorizontal: 12,
        gap: 8,
        background: theme.surface,
        grow: 1,
        ...style,
      },
    },
  );
}

/** A disc with the first letter of a name: a picture, whose letter only eyes can read. */
export function avatar(name: string, size = 40): BoxView {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? "#";
  return column([text(letter, { size: size * 0.45, color: "#ffffff", align: "center" })], {
    className: "android.widget.ImageView",
    paintedText: "",
    style: {
      width: size,
      height: size,
      radius: size / 2,
      background: avatarColor(name),
      align: "stretch",
      justify: "center",
    },
  });
}

/** What a list without rows shows in its place. */
export function emptyState(options: { icon?: IconName; title: string; message?: string }): BoxView {
  return column(
    [
      options.icon && icon(options.icon, { size: 64, color: theme.outline }),
      text(options.title, { size: 18, color: theme.secondaryText, align: "center" }),
      options.message !== undefined &&
        text(options.message, { size: 14, color: theme.secondaryText, align: "center" }),
    ],
    { style: { grow: 1, align: "center", justify: "center", gap: 12, padding: 32 } },
  );
}

export function sectionHeader(label: string): TextView {
  return text(label, {
    size: 14,
    bold: true,
    color: theme.primary,
    style: { paddingHorizontal: 16, paddingVertical: 10 },
  });
}

/** Cells of equal width, `columns` in a row; the last row is filled up with nothing. */
export function grid(columns: number, cells: readonly Child[], style: Style = {}): BoxView {
  const all = children(cells);
  const rows: View[] = [];
  for (let start = 0; start < all.length; start += columns) {
    const line = Array.from({ length: columns }, (_, i) => {
      const cell = all[start + i];
      return column(cell ? [cell] : [], { style: { grow: 1, width: 0 } });
    });
    rows.push(
      row(line, { style: { align: "stretch", ...(style.gap === undefined ? {} : { gap: style.gap }) } }),
    );
  }
  return column(rows, { style });
}

/** Rows with a hairline between each two. */
export function divided(rows: readonly Child[]): View[] {
  return children(rows).flatMap((view, i) => (i === 0 ? [view] : [divider({ marginHorizontal: 16 }), view]));
}
