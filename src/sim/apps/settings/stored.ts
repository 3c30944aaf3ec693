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
  { namespace, key, ...row }: StoredAt & { otherwise?: boolean; main?: boolean },
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

/** A slider from `min` (0 where not given) to `max`, such as a volume. */
export function storedSlider(
  context: AppContext,
  {
    title,
    namespace,
    key,
    min = 0,
    max,
    otherwise,
  }: StoredAt & { min?: number; max: number; otherwise: number },
): Preference {
  const value = Number(context.settings.get(namespace, key) ?? otherwise);
  return {
    kind: "slider",
    title,
    min,
    max,
    value,
    onChange: (chosen) => context.settings.put(namespace, key, String(Math.round(chosen))),
  };
}
