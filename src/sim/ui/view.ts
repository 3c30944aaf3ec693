/**
 * The view language of the simulated device: what an activity returns from `view()`.
 *
 * Views are plain data plus handlers, made by the functions in `widgets.ts`, laid out by
 * yoga-layout (flexbox), drawn on a canvas and dumped as a UI tree, so that picture and tree
 * cannot disagree. Lengths are in dp; text sizes in sp (equal to dp here).
 */

export type IconName =
  | "back"
  | "close"
  | "menu"
  | "more"
  | "search"
  | "add"
  | "edit"
  | "delete"
  | "save"
  | "share"
  | "check"
  | "star"
  | "settings"
  | "person"
  | "phone"
  | "message"
  | "send"
  | "folder"
  | "file"
  | "image"
  | "wifi"
  | "bluetooth"
  | "airplane"
  | "brightness"
  | "info"
  | "battery"
  | "clock"
  | "alarm"
  | "timer"
  | "stopwatch"
  | "play"
  | "pause"
  | "stop"
  | "reset"
  | "calendar"
  | "apps"
  | "chevron-right"
  | "chevron-left"
  | "expand"
  | "collapse"
  | "sort"
  | "filter"
  | "copy"
  | "cut"
  | "home"
  | "recents"
  | "keyboard"
  | "backspace"
  | "enter"
  | "lock"
  | "sound"
  | "display"
  | "storage"
  | "location"
  | "notifications"
  | "email"
  | "attach"
  | "view"
  | "today"
  | "flag"
  | "lap"
  | "shift"
  | "flashlight"
  | "do-not-disturb"
  | "rotate";

/** Flexbox and looks, in dp. Colours are CSS hex. */
export interface Style {
  direction?: "row" | "column";
  width?: number | "100%";
  height?: number | "100%";
  minHeight?: number;
  maxHeight?: number;
  grow?: number;
  shrink?: number;
  wrap?: boolean;
  justify?: "start" | "center" | "end" | "between" | "around";
  align?: "start" | "center" | "end" | "stretch";
  alignSelf?: "start" | "center" | "end" | "stretch";
  gap?: number;
  padding?: number;
  paddingHorizontal?: number;
  paddingVertical?: number;
  margin?: number;
  marginHorizontal?: number;
  marginVertical?: number;
  /** Taken out of the flow; edges in dp from the parent's. */
  absolute?: { left?: number; top?: number; right?: number; bottom?: number };
  background?: string;
  border?: string;
  radius?: number;
  /** Drop shadow, as for cards and floating buttons. */
  elevation?: number;
}

export interface ViewBase {
  /**
   * Resource name: `title` becomes `<package>:id/title`; a name with `:id/` is taken as it is.
   * Text fields and scroll views need one that is unique on the screen: focus, cursor and
   * scroll position are kept under it.
   */
  id?: string;
  /** Content description. */
  desc?: string;
  /** Android class name, where the usual one of this kind of view is not right. */
  className?: string;
  style?: Style;
  /** `true` where not given. */
  enabled?: boolean;
  selected?: boolean;
  onTap?: () => void;
  onLongPress?: () => void;
  /** The finger's way, where no scroll view under it takes the swipe. */
  onSwipe?: (direction: "up" | "down" | "left" | "right") => void;
}

/** A container: `android.widget.LinearLayout`, or `FrameLayout` without children in a row or column. */
export interface BoxView extends ViewBase {
  kind: "box";
  /**
   * On Android one view that paints what is in it, such as a picture or an icon with its name: one
   * node of the tree, with this text.
   */
  paintedText?: string;
  /** A container that is a switch, as a tile of the quick settings: it has a text that is not drawn. */
  switch?: { on: boolean; text: string };
  children: View[];
}

export interface TextView extends ViewBase {
  kind: "text";
  text: string;
  /** Text size in sp; 16 where not given. */
  size?: number;
  bold?: boolean;
  color?: string;
  align?: "left" | "center" | "right";
  /** Cut with an ellipsis beyond; unbounded where not given. */
  maxLines?: number;
  strike?: boolean;
  /** The title of a part of the screen, as screen readers know it. */
  heading?: boolean;
}

export interface IconView extends ViewBase {
  kind: "icon";
  icon: IconName;
  /** Side in dp; 24 where not given. */
  size?: number;
  color?: string;
}

/** `android.widget.Button`. */
export interface ButtonView extends ViewBase {
  kind: "button";
  text: string;
  look?: "filled" | "outlined" | "text";
  color?: string;
}

/** `android.widget.EditText`. The app owns the text: `onChange` must store it. */
export interface TextFieldView extends ViewBase {
  kind: "textField";
  id: string;
  value: string;
  hint?: string;
  onChange: (text: string) => void;
  /** The keyboard's action key, and KEYCODE_ENTER in a single-line field. */
  onSubmit?: () => void;
  /** Takes newlines. */
  multiline?: boolean;
  password?: boolean;
  inputType?: "text" | "number" | "phone" | "email";
  /** In UTF-16 code units, as Android's InputFilter.LengthFilter counts. */
  maxLength?: number;
  size?: number;
  /** Takes the focus, and the keyboard opens, when it comes on the screen. */
  autoFocus?: boolean;
  /** No line under it and no label above, as in a search box or a page of notes. */
  plain?: boolean;
}

/** `android.widget.Switch`, `CheckBox` or `RadioButton`. */
export interface ToggleView extends ViewBase {
  kind: "toggle";
  look: "switch" | "checkBox" | "radio";
  text?: string;
  checked: boolean;
  /** Not tappable by itself where absent, as in a row that takes the tap. */
  onToggle?: (checked: boolean) => void;
}

/** `android.widget.SeekBar`, whole numbers. A tap or a swipe along it sets the value. */
export interface SliderView extends ViewBase {
  kind: "slider";
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

/** `androidx.recyclerview.widget.RecyclerView`, or `android.widget.ScrollView`. */
export interface ScrollView extends ViewBase {
  kind: "scroll";
  id: string;
  horizontal?: boolean;
  /** Rows of a list, dumped as a RecyclerView. */
  list?: boolean;
  /** Opens at its end and stays there when rows are added, as a chat does. */
  fromEnd?: boolean;
  children: View[];
}

export type View =
  | BoxView
  | TextView
  | IconView
  | ButtonView
  | TextFieldView
  | ToggleView
  | SliderView
  | ScrollView;

/** What an activity shows. */
export interface WindowContent {
  root: View;
  /** Behind the status bar. */
  statusBarColor?: string;
  /** Something in it changes all the time, so that the accessibility service never finds it idle. */
  animated?: boolean;
  /** FLAG_SECURE: pictures are black. */
  secure?: boolean;
  /**
   * A window over this one: a dialog in the middle, a menu at the top right, a
   * sheet at the bottom. Back and a tap outside call `onDismiss`; a dialog without one stays.
   */
  overlay?: {
    look: "dialog" | "menu" | "sheet";
    view: View;
    onDismiss?: () => void;
  };
}
