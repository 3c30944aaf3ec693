/** A rectangle in device pixels; right and bottom are exclusive. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The direction in which a view moves over its contents: `down` shows what lies below. */
export type ScrollDirection = "up" | "down" | "left" | "right";

/** One thing on the screen that an agent can read or act on. */
export interface Element {
  /** Position in `Screen.elements`; this is the number the agent uses. */
  index: number;
  /** Full class name, such as `android.widget.EditText`. */
  className: string;
  /** Full resource id, such as `com.android.settings:id/title`, or an empty string. */
  resourceId: string;
  package: string;
  text: string;
  /** Content description: what a screen reader says. */
  description: string;
  hint: string;
  /** As far as it is on the screen, in its window, and inside what scrolls it. */
  bounds: Bounds;
  clickable: boolean;
  longClickable: boolean;
  checkable: boolean;
  checked: boolean;
  editable: boolean;
  enabled: boolean;
  focusable: boolean;
  focused: boolean;
  scrollable: boolean;
  selected: boolean;
  password: boolean;
  /** Share of `bounds` that nothing covers, above 0 and up to 1. */
  visibleFraction: number;
  /** The largest part of `bounds` where a finger meets the element itself, where that is not all of it. */
  reach?: Bounds;
  /** What names a control that says nothing itself: a text of its row, the one right before it, or one inside a field. */
  label?: string;
  /** Where a slider or progress bar stands, as the driver `appium` tells; adb's tree does not hold it. */
  value?: string;
  /** Which ways something scrollable goes on, as far as bounds tell; absent where they tell nothing. */
  more?: ScrollDirection[];
}

/** Which way the UI tree came; `none` where only a picture could be had. */
export type TreeSource = "uiautomator" | "uiautomator2" | "none";

export interface ScreenImage {
  /** Hex SHA-256 of `bytes`. */
  sha256: string;
  bytes: Buffer;
  mediaType: "image/png" | "image/webp" | "image/jpeg";
}

/** What an agent sees at one moment. */
export interface Screen {
  /** Pixels, as rotated. */
  width: number;
  height: number;
  /** Quarter turns from the natural orientation: 0, 1, 2 or 3. */
  rotation: number;
  /** Package and activity in the foreground, empty where unknown. */
  package: string;
  activity: string;
  elements: Element[];
  /** Absent where no picture could be had. */
  image?: ScreenImage;
  treeSource: TreeSource;
  /** The UI tree as the device gave it; empty with `treeSource: "none"`. */
  xml: string;
  /** The window forbids pictures (FLAG_SECURE); the picture, if any, is black. */
  secure: boolean;
  keyboardShown: boolean;
  /** Milliseconds since the epoch, on the host's clock. */
  capturedAt: number;
  /**
   * Equal for screens that differ in nothing but clock, battery and where sliders and progress bars stand: only one of
   * the drivers is told, and a fingerprint is the same by either.
   */
  fingerprint: string;
}
