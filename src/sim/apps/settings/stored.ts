/** Preferences that are one key of the settings provider. */
import type { AppContext, SettingsNamespace } from "../../system/services.ts";
import { labelOf, type Choice, type Preference } from "./preference.ts";

export interface StoredAt {
  title: string;
  namespace: SettingsNamespace;
  key: string;
  summary?: string;
}

/** A switch over "1" and "0". */
export function storedSwitch(
  context: AppContext,
  { namespace, key, ...row }: StoredAt & { otherwise?: boolean },
): Preference {
  const { otherwise, ...rest } = row;
  const value = context.settings.get(namespace, key) ?? (otherwise ? "1" : "0");
  return {
    kind: "switch",
    ...rest,
    checked: value === "1",
    onChange: (on) => context.settings.put(namespace, key, on ? "1" : "0"),
  };
}

/** Radio buttons in a dialog; the chosen one's label is the summary. */
export function storedChoice(
  context: AppContext,
  { title, namespace, key, options, otherwise }: StoredAt & { options: readonly Choice[]; otherwise: string },
): Preference {
  const value = context.settings.get(namespace, key) ?? otherwise;
  return {
    kind: "choice",
    title,
    summary: labelOf(options, value, value),
    options,
    value,
    onChange: (chosen) => context.settings.put(namespace, key, chosen),
  };
}

/** A number between two bounds. Anything can be written to a setting over adb. */
export function storedNumber(
  value: string | undefined,
  otherwise: number,
  low: number,
  high: number,
): number {
  const number = value === undefined || value.trim() === "" ? Number.NaN : Number(value);
  return Math.min(high, Math.max(low, Number.isFinite(number) ? number : otherwise));
}

/** A slider from 0 to `max`, such as a volume. */
export function storedSlider(
  context: AppContext,
  { title, namespace, key, max, otherwise }: StoredAt & { max: number; otherwise: number },
): Preference {
  return {
    kind: "slider",
    title,
    min: 0,
    max,
    value: storedNumber(context.settings.get(namespace, key), otherwise, 0, max),
    onChange: (chosen) => context.settings.put(namespace, key, String(Math.round(chosen))),
  };
}
