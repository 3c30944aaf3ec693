import type { IconName } from "../../ui/index.ts";
import type { ActivityContext } from "../app.ts";

/** A page by the name Android's Settings passes it under to `.SubSettings`. */
export type PageId = string;

export interface SettingsState {
  page: PageId;
  /** What the page is about, such as the package of an app's page. */
  argument: string;
  /** The preference whose dialog is open, by title, and what is typed into it. */
  dialog?: { title: string; text: string } | undefined;
}

export type SettingsContext = ActivityContext<SettingsState>;

interface Base {
  title: string;
  summary?: string;
  icon?: IconName;
  enabled?: boolean;
}

/** One row of a settings page. Titles are unique on their page. */
export type Preference =
  | { kind: "category"; title: string }
  /** Says something and does nothing. */
  | (Base & { kind: "info" })
  | (Base & { kind: "link"; page: PageId; argument?: string })
  | (Base & { kind: "action"; onTap: () => void })
  /** `main` is the big switch on top of a page. */
  | (Base & { kind: "switch"; checked: boolean; onChange: (on: boolean) => void; main?: boolean })
  | (Base & { kind: "slider"; min: number; max: number; value: number; onChange: (value: number) => void })
  /** Opens a sheet with a slider, as the brightness does. */
  | (Base & { kind: "sheet"; min: number; max: number; value: number; onChange: (value: number) => void })
  /** Opens a dialog with radio buttons. */
  | (Base & { kind: "choice"; options: readonly Choice[]; value: string; onChange: (value: string) => void })
  /** Opens a dialog with a text field. An empty text cannot be saved. */
  | (Base & { kind: "text"; value: string; onChange: (text: string) => void })
  /** Asks before it does something. */
  | (Base & { kind: "confirm"; question: string; message: string; onConfirm: () => void });

export interface Choice {
  value: string;
  label: string;
}

export interface SettingsPage {
  title: string;
  preferences(context: SettingsContext): Preference[];
}

/** The label of a choice, for the summary of its row. */
export function labelOf(options: readonly Choice[], value: string, otherwise: string): string {
  return options.find((option) => option.value === value)?.label ?? otherwise;
}
