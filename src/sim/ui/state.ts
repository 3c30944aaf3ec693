/** What the window manager remembers: plain data, kept by snapshots. */
import type { KeyboardPage } from "./keyboard.ts";

export interface FieldFocus {
  id: string;
  cursor: number;
  anchor: number;
}

export interface WindowState {
  focus?: FieldFocus;
  /** The field that took the focus by itself, so that it does so only once. */
  autoFocused?: string;
  /** Pixels, by the id of the scroll view. */
  scroll: Record<string, number>;
}

/** A message that an app shows for a moment, and when it came. */
export interface Toast {
  text: string;
  at: number;
}

/** The notification shade while it is open. */
export interface ShadeState {
  /** With the first tiles above the notifications, or with the whole panel of quick settings. */
  panel: "notifications" | "settings";
  /** The dialog of the Internet tile lies over it. */
  internetDialog: boolean;
  /** Keys of notifications that the user has unfolded, or, of the first one, folded. */
  toggled: string[];
}

export interface ScreenState {
  awake: boolean;
  shade?: ShadeState;
  /** By activity, and by activity and window over it. */
  windows: Record<string, WindowState>;
  /** A field of this window has asked for it; settings say whether it is shown. */
  keyboard?: { window: string; page: KeyboardPage };
  /** Asked for by an app, whose next view may be the first to have the field. */
  pendingFocus?: string;
  /** The next layout scrolls the focused field into view. */
  reveal?: boolean;
  /** The floating bar is over this field of this window. */
  textMenu?: { window: string; field: string };
  /** The activity whose app does not respond, until somebody says what is to be done. */
  notResponding?: { activity: number };
  /** The last one. */
  toast?: Toast;
}

export function freshState(): ScreenState {
  return { awake: true, windows: {} };
}

/** What lies over an activity: a window of its own, one of the system, the shade and its dialog. */
export type WindowLayer = "overlay" | "system" | "shade" | "shadeDialog";

export function windowKey(activityId: number, layer?: WindowLayer): string {
  // Not a bare number: objects list those by size, and the oldest must come first.
  return layer ? `activity ${activityId} ${layer}` : `activity ${activityId}`;
}

// Activities come and go by the thousand; those long gone need no scroll positions.
const REMEMBERED = 64;

export function windowState(state: ScreenState, key: string): WindowState {
  const known = state.windows[key];
  if (known) return known;
  const fresh: WindowState = { scroll: {} };
  state.windows[key] = fresh;
  const keys = Object.keys(state.windows);
  for (const old of keys.slice(0, Math.max(0, keys.length - REMEMBERED))) delete state.windows[old];
  return fresh;
}
