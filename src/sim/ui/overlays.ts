/** The views of overlays: dialogs, and the lists of menus and sheets. */
import { theme } from "./theme.ts";
import { button, children, column, icon, list, row, text, type Child } from "./widgets.ts";
import type { BoxView, IconName, ScrollView, View } from "./view.ts";

export interface DialogButton {
  text: string;
  onTap: () => void;
  enabled?: boolean;
}

/** The view of an overlay with look "dialog". A long body scrolls. */
export function alertDialog(options: {
  title?: string;
  message?: string;
  body?: readonly Child[];
  positive?: DialogButton;
  negative?: DialogButton;
  neutral?: DialogButton;
}): BoxView {
  const textButton = (id: string, { text: label, onTap, enabled }: DialogButton): View =>
    button(label, onTap, {
      id: `android:id/${id}`,
      look: "text",
      ...(enabled === undefined ? {} : { enabled }),
    });
  const { positive, negative, neutral } = options;
  return column(
    [
      options.title !== undefined &&
        text(options.title, {
          id: "alertTitle",
          size: 22,
          style: { paddingHorizontal: 24, marginVertical: 8 },
        }),
      (options.message !== undefined || options.body) && {
        kind: "scroll",
        id: "scrollView",
        style: { grow: 0, paddingHorizontal: 24 },
        children: children([
          options.message !== undefined &&
            text(options.message, {
              id: "android:id/message",
              size: 15,
              color: theme.secondaryText,
              style: { marginVertical: 8 },
            }),
          ...(options.body ?? []),
        ]),
      },
      (positive ?? negative ?? neutral) &&
        row(
          [
            neutral && textButton("button3", neutral),
            column([], { style: { grow: 1 } }),
            negative && textButton("button2", negative),
            positive && textButton("button1", positive),
          ],
          { style: { paddingHorizontal: 16, marginVertical: 4, gap: 4 } },
        ),
    ],
    { style: { paddingVertical: 12 } },
  );
}

export interface MenuItem {
  text: string;
  onTap: () => void;
  icon?: IconName;
  /** Shows a check box beside it. */
  checked?: boolean;
  enabled?: boolean;
}

/** The view of an overlay with look "menu" or "sheet". */
export function menu(items: readonly MenuItem[]): ScrollView {
  return {
    ...list(
      "menu",
      items.map((item) =>
        row(
          [
            item.icon && icon(item.icon),
            text(item.text, {
              id: "title",
              size: 16,
              maxLines: 1,
              color: item.enabled === false ? theme.disabled : theme.text,
              style: { grow: 1 },
            }),
            item.checked !== undefined && { kind: "toggle", look: "checkBox", checked: item.checked },
          ],
          {
            onTap: item.onTap,
            ...(item.enabled === undefined ? {} : { enabled: item.enabled }),
            style: { minHeight: 48, paddingHorizontal: 16, gap: 16 },
          },
        ),
      ),
      { className: "android.widget.ListView", style: { paddingVertical: 8 } },
    ),
  };
}
