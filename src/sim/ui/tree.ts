/** What the accessibility service says of a window: its views, and the frames the system puts around them. */
import type { Display } from "./display.ts";
import { isEmpty, rect, type Rect } from "./metrics.ts";
import type { Box, ScrollRange } from "./layout.ts";
import { shownValue } from "./measure.ts";
import { accepted, clamp, selection } from "./edit.ts";
import type { FieldFocus } from "./state.ts";
import type { TextFieldView, ToggleView, View } from "./view.ts";

/** One node. What is absent is false, empty, or, for `enabled`, true. */
export interface TreeNode {
  className: string;
  bounds: Rect;
  text?: string;
  resourceId?: string;
  desc?: string;
  checkable?: boolean;
  checked?: boolean;
  clickable?: boolean;
  enabled?: boolean;
  focusable?: boolean;
  focused?: boolean;
  scrollable?: boolean;
  longClickable?: boolean;
  password?: boolean;
  selected?: boolean;
  /** UTF-16 code units; of a text field in which something is selected. */
  selection?: { start: number; end: number };
  /** Of a text field; `text` holds it too while `showingHint`. */
  hint?: string;
  showingHint?: boolean;
  multiLine?: boolean;
  /** Characters a field takes at most; absent where there is no limit. */
  maxTextLength?: number;
  /** Bits of android.text.InputType; absent where nothing can be typed. */
  inputType?: number;
  heading?: boolean;
  /** Place among the siblings in drawing, from 1; 0 for a root. */
  drawingOrder?: number;
  /** How far a scroll view is scrolled: what TYPE_VIEW_SCROLLED tells of it. */
  scroll?: ScrollRange;
  /** Of a slider (AccessibilityNodeInfo.RangeInfo); its text leaves the value out. */
  range?: { min: number; max: number; current: number };
  /** ACTION_SET_TEXT: gives a field a whole new text, with or without the focus. */
  setText?: (text: string) => void;
  /** ACTION_SET_PROGRESS. */
  setProgress?: (value: number) => void;
  children: TreeNode[];
}

/** android.text.InputType: class text, number and phone; variations for addresses and passwords; several lines. */
const inputTypes = { text: 0x1, number: 0x2, phone: 0x3, email: 0x21 };
const passwordVariation = 0x80;
const multiLineFlag = 0x20000;

function inputTypeOf(field: TextFieldView): number {
  const base = inputTypes[field.inputType ?? "text"];
  return base | (field.password ? passwordVariation : 0) | (field.multiline ? multiLineFlag : 0);
}

const toggleClasses: Record<ToggleView["look"], string> = {
  switch: "android.widget.Switch",
  checkBox: "android.widget.CheckBox",
  radio: "android.widget.RadioButton",
};

function classOf(view: View): string {
  if (view.className !== undefined) return view.className;
  switch (view.kind) {
    case "box":
      if (view.switch !== undefined) return toggleClasses.switch;
      if (view.children.length === 0) return "android.view.View";
      return view.children.every((child) => child.style?.absolute)
        ? "android.widget.FrameLayout"
        : "android.widget.LinearLayout";
    case "text":
      return "android.widget.TextView";
    case "icon":
      return view.onTap ? "android.widget.ImageButton" : "android.widget.ImageView";
    case "button":
      return "android.widget.Button";
    case "textField":
      return "android.widget.EditText";
    case "toggle":
      return toggleClasses[view.look];
    case "slider":
      return "android.widget.SeekBar";
    case "scroll":
      if (view.list) return "androidx.recyclerview.widget.RecyclerView";
      return view.horizontal ? "android.widget.HorizontalScrollView" : "android.widget.ScrollView";
  }
}

function textOf(view: View): string {
  switch (view.kind) {
    case "text":
    case "button":
      return view.text;
    case "toggle":
      return view.text ?? "";
    case "textField":
      return view.value === "" ? (view.hint ?? "") : shownValue(view);
    // A SeekBar's value is a range of its own, which a UiAutomator dump leaves out.
    case "slider":
    case "icon":
    case "scroll":
      return "";
    case "box":
      return view.paintedText ?? view.switch?.text ?? "";
  }
}

/** Spacers and hairlines: decoration that real layouts paint without a view. */
function isDecoration({ view }: Box): boolean {
  return (
    view.kind === "box" &&
    view.children.length === 0 &&
    view.id === undefined &&
    view.desc === undefined &&
    view.className === undefined &&
    !view.onTap
  );
}

function isClickable(view: View): boolean {
  if (view.kind === "textField") return true;
  return Boolean(view.onTap) || (view.kind === "toggle" && Boolean(view.onToggle));
}

function resourceId(id: string, packageName: string): string {
  return id.includes(":id/") ? id : `${packageName}:id/${id}`;
}

/** The tree of a laid out window. Boxes that are scrolled or cut away are left out. */
export function treeOf(box: Box, packageName: string, focus: FieldFocus | undefined): TreeNode | undefined {
  if (isEmpty(box.visible) || isDecoration(box)) return undefined;
  const { view } = box;
  const painted = view.kind === "box" && view.paintedText !== undefined;
  const children = painted ? [] : box.children.flatMap((child) => treeOf(child, packageName, focus) ?? []);
  const clickable = isClickable(view);
  const field = view.kind === "textField";
  const node: TreeNode = {
    className: classOf(view),
    bounds: box.visible,
    text: textOf(view),
    clickable,
    enabled: view.enabled !== false,
    focusable: clickable || view.kind === "slider" || view.kind === "scroll",
    focused: field && view.id === focus?.id,
    scrollable: (box.scroll?.max ?? 0) > 0,
    longClickable: field || Boolean(view.onLongPress),
    selected: view.selected === true,
    children,
  };
  if (box.scroll !== undefined) node.scroll = box.scroll;
  if (view.id !== undefined) node.resourceId = resourceId(view.id, packageName);
  if (view.desc !== undefined) node.desc = view.desc;
  const checked = view.kind === "toggle" ? view.checked : view.kind === "box" ? view.switch?.on : undefined;
  if (checked !== undefined) {
    node.checkable = true;
    node.checked = checked;
  }
  if (view.kind === "text" && view.heading) node.heading = true;
  if (view.kind === "slider") {
    node.range = { min: view.min, max: view.max, current: view.value };
    if (view.enabled !== false) node.setProgress = (value) => view.onChange(value);
  }
  if (field) {
    node.password = view.password === true;
    node.inputType = inputTypeOf(view);
    node.multiLine = view.multiline === true;
    if (node.focused && focus) {
      const { from, to } = selection(clamp({ value: view.value, ...focus }));
      if (from !== to) node.selection = { start: from, end: to };
    }
    if (view.hint !== undefined) node.hint = view.hint;
    node.showingHint = view.value === "" && view.hint !== undefined;
    if (view.maxLength !== undefined) node.maxTextLength = view.maxLength;
    if (view.enabled !== false)
      node.setText = (text) => setText(view, text, node.focused ? focus : undefined);
  }
  // A ScrollView has one child, which holds the rest; a RecyclerView has its rows.
  if (view.kind === "scroll" && !view.list && children.length > 0) {
    node.children = [{ className: "android.widget.LinearLayout", bounds: box.visible, children }];
  }
  return node;
}

/** As TextView does it: the cursor goes behind the new text. */
function setText(field: TextFieldView, text: string, focus: FieldFocus | undefined): void {
  const taken = accepted(field, text);
  if (focus) focus.cursor = focus.anchor = taken.length;
  field.onChange(taken);
}

function frame(bounds: Rect, children: TreeNode[], more: Partial<TreeNode> = {}): TreeNode {
  return { className: "android.widget.FrameLayout", bounds, children, ...more };
}

/** An activity's tree, with `content` at `bounds` between the bars of the system. */
export function activityTree(content: TreeNode | undefined, bounds: Rect, display: Display): TreeNode {
  const screen = rect(0, 0, display.width, display.height);
  const views = frame(bounds, content ? [content] : [], { resourceId: "android:id/content" });
  const decor: TreeNode = {
    className: "android.widget.LinearLayout",
    bounds: { ...display.content, top: 0 },
    children: [frame(bounds, [views])],
  };
  const background = (name: string, place: Rect): TreeNode => ({
    className: "android.view.View",
    bounds: place,
    resourceId: `android:id/${name}`,
    children: [],
  });
  return frame(screen, [
    decor,
    background("statusBarBackground", display.statusBar),
    background("navigationBarBackground", display.navigationBar),
  ]);
}

/** The tree of a dialog, menu or sheet, which is a window of its own. */
export function overlayTree(content: TreeNode | undefined, bounds: Rect): TreeNode {
  return frame(bounds, [frame(bounds, content ? [content] : [], { resourceId: "android:id/content" })]);
}

/** Numbers the nodes in the order in which their parents draw them. */
export function numberDrawing(root: TreeNode): TreeNode {
  root.drawingOrder ??= 0;
  root.children.forEach((child, at) => {
    child.drawingOrder = at + 1;
    numberDrawing(child);
  });
  return root;
}
