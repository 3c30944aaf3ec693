/** Widgets made of several views: rows, cards, fields and what lists show in the manner of Material Design. */
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
