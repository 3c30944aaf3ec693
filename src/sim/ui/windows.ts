import type { Json, SimClock, SimSettings } from "../system/services.ts";
import type { Rotation } from "./display.ts";
import type { Rect } from "./metrics.ts";
import type { ShadeState, Toast } from "./state.ts";
import type { TreeNode } from "./tree.ts";
import type { IconName, View, WindowContent } from "./view.ts";

/** The activity on top, as the window manager sees it. */
export interface ForegroundActivity {
  /** Unique for this instance of the activity; focus, cursor and scroll positions are kept under it. */
  id: number;
  package: string;
  /** As the manifest has it: `.Settings`. */
  activity: string;
  /** What the window is called for a screen reader: the app's name. */
  label?: string;
  /** Made anew whenever something changed; undefined where the app crashed over it and is gone. */
  content(): WindowContent | undefined;
}

/** In dp: what the navigation bar takes at the sides and below, and the width that it leaves. */
export interface ShadeRoom {
  left: number;
  right: number;
  bottom: number;
  width: number;
}

/** A notification in the status bar. */
export interface NotificationIcon {
  icon: IconName;
  desc: string;
}

/** What System UI shows; made by `system-ui/`. */
export interface SystemUi {
  /** Of the notifications, in their order. */
  icons(): readonly NotificationIcon[];
  /** A notification counts, so that the shade does not stand still. */
  counts(): boolean;
  /** The views of the shade change its state. `time` is what the status bar's clock says. */
  shade(state: ShadeState, close: () => void, room: ShadeRoom, time: string): View;
  internetDialog(state: ShadeState, close: () => void): View;
  /** The back key. */
  back(state: ShadeState, close: () => void): void;
}

/** What the window manager needs of the device; the activity manager in `system/` provides it. */
export interface WindowHost {
  readonly clock: SimClock;
  readonly settings: SimSettings;
  readonly systemUi: SystemUi;
  foreground(): ForegroundActivity;
  /** The back key, when no keyboard or overlay takes it: the activity handles it or is closed. */
  back(): void;
  home(): void;
  recents(): void;
  /** Ends an app, as the user does who is asked whether to close one that hangs. */
  stop(packageName: string): void;
  /**
   * Notes that an app does not respond. Returns whether to ask the user; where the phone hides such
   * dialogs, the app has been ended instead.
   */
  notResponding(packageName: string): boolean;
  /** Runs a handler of the app in front; a fault in it is a crash of the app, not of the device. */
  attempt(handler: () => void): void;
  clipboard: { get(): string; set(text: string): void };
}

export interface AppWindow {
  /** Dialogs bear the name of their activity, as it does; menus are pop-ups. */
  kind: "activity" | "dialog" | "popup" | "system";
  /** Of a window of the system's. */
  title?: string;
  /** FLAG_SECURE. */
  secure: boolean;
}

/** One window as the accessibility service tells of it (android.view.accessibility.AccessibilityWindowInfo). */
export interface AccessibilityWindow {
  id: number;
  type: "application" | "inputMethod" | "system";
  title: string;
  /** Of the window's root. */
  package: string;
  /** Higher ones lie above. */
  layer: number;
  bounds: Rect;
  /** The one that `uiautomator dump` writes without `--windows`. */
  active: boolean;
  focused: boolean;
  root: TreeNode;
}

/** What the rest of the device asks of the screen; made by `createWindows` in this folder. */
export interface Windows {
  /** Pixels of the screen as it is turned. */
  readonly width: number;
  readonly height: number;
  readonly rotation: Rotation;
  tap(x: number, y: number): void;
  longPress(x: number, y: number): void;
  /** Scrolls, drags a slider, or opens what an edge gesture opens. */
  swipe(x1: number, y1: number, x2: number, y2: number, durationMs: number): void;
  /** One key press by Android key code, with the codes of the modifiers that are held. */
  key(code: number, held?: readonly number[]): void;
  /** Types into the focused field, as a hardware keyboard does. */
  type(text: string): void;
  /** As an input method commits text: any Unicode, line breaks among it. */
  commitText(text: string): void;
  /** What the keyboard's action key does, by its number in android.view.inputmethod.EditorInfo. */
  editorAction(action: number): void;
  /** The tree of the active window as `uiautomator dump` writes it. */
  dump(): string;
  /** Every window that an accessibility service is told of, the topmost first. */
  accessibilityWindows(): AccessibilityWindow[];
  /** RGBA pixels of the whole screen, row by row. */
  pixels(): Buffer;
  /** The same as a PNG file. */
  png(): Promise<Buffer>;
  /** The windows of the app in front, the focused one first, as far as `dumpsys window` tells of them. */
  windows(): AppWindow[];
  readonly keyboardShown: boolean;
  /** A field has asked for the keyboard, whether or not the input method shows one. */
  readonly asksForKeys: boolean;
  /** Nothing on the screen changes by itself, as a running stopwatch does. */
  readonly idle: boolean;
  /** Off after the power key: the picture is black and touches do nothing. */
  readonly awake: boolean;
  /** Opens the notification shade, or changes its panel. */
  openShade(panel: ShadeState["panel"]): void;
  closeShade(): void;
  /** Title of the window of System UI that has the focus, where one has. */
  readonly systemFocus: "NotificationShade" | "InternetDialog" | undefined;
  /** The app in front does not take its input: after five seconds Android asks what to do with it. */
  stopResponding(): void;
  /** The last message, also when it is no longer shown: whoever listens to events has heard of it. */
  readonly lastToast: Toast | undefined;
  hideKeyboard(): void;
  focusField(fieldId: string): void;
  scrollToStart(scrollId: string): void;
  toast(text: string): void;
  /** Focus, cursor, scroll positions, keyboard and toast, as plain data. */
  save(): Json;
  restore(state: Json): void;
  /** The screen must be made anew: something it shows has changed. */
  invalidate(): void;
}
