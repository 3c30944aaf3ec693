import {
  column,
  icon,
  row,
  sectionHeader,
  slider,
  switchView,
  text,
  theme,
  type View,
} from "../../ui/index.ts";
import type { Preference, SettingsContext } from "./preference.ts";
import { openPage } from "./open.ts";

/** One row of a page, as Android's preference list lays it out. */
export function preferenceRow(context: SettingsContext, preference: Preference): View {
  switch (preference.kind) {
    case "category":
      return { ...sectionHeader(preference.title), style: { paddingHorizontal: 24, paddingVertical: 10 } };
    case "info":
      return titled(preference);
    case "link":
      return titled(preference, {
        onTap: () => openPage(context, preference.page, preference.argument),
      });
    case "action":
      return titled(preference, { onTap: preference.onTap });
    case "switch":
      return switchRow(preference);
    case "slider":
      return sliderRow(preference);
    case "sheet":
    case "choice":
    case "text":
    case "confirm":
      return titled(preference, {
        onTap: () => {
          const typed = preference.kind === "text" ? preference.value : "";
          context.state.dialog = { title: preference.title, text: typed };
        },
      });
  }
}

type Titled = Exclude<Preference, { kind: "category" }>;

function titled(
  preference: Titled,
  options: { onTap?: () => void; trailing?: View; background?: string } = {},
): View {
  const enabled = preference.enabled !== false;
  const { onTap } = options;
  return row(
    [
      preference.icon !== undefined && icon(preference.icon, { id: "android:id/icon", size: 24 }),
      column(
        [
          text(preference.title, {
            id: "android:id/title",
            size: 18,
            enabled,
            color: enabled ? theme.text : theme.disabled,
          }),
          preference.summary !== undefined &&
            preference.summary !== "" &&
            text(preference.summary, { id: "android:id/summary", size: 14, color: theme.secondaryText }),
        ],
        { style: { grow: 1, shrink: 1, gap: 2 } },
      ),
      options.trailing,
    ],
    {
      enabled,
      ...(onTap !== undefined && enabled ? { onTap } : {}),
      style: {
        gap: 20,
        minHeight: 68,
        paddingHorizontal: 24,
        paddingVertical: 12,
        ...(options.background === undefined
          ? {}
          : { background: options.background, radius: 28, margin: 12 }),
      },
    },
  );
}

function switchRow(preference: Extract<Preference, { kind: "switch" }>): View {
  return titled(preference, {
    onTap: () => preference.onChange(!preference.checked),
    trailing: switchView({
      id: "android:id/switch_widget",
      checked: preference.checked,
      enabled: preference.enabled !== false,
    }),
    ...(preference.main ? { background: theme.primaryContainer } : {}),
  });
}

function sliderRow(preference: Extract<Preference, { kind: "slider" }>): View {
  return column(
    [
      text(preference.title, { id: "android:id/title", size: 18 }),
      slider({
        id: "android:id/seekbar",
        desc: preference.title,
        min: preference.min,
        max: preference.max,
        value: preference.value,
        onChange: preference.onChange,
        style: { height: 40 },
      }),
    ],
    { style: { paddingHorizontal: 24, paddingVertical: 10, gap: 6 } },
  );
}
