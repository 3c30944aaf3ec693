import { area, around, isEmpty, nothing } from "./rect.ts";
import type { Bounds } from "./screen.ts";
import { isEditable, isSlider } from "./traits.ts";
import type { TreeNode, TreeWindow } from "./tree.ts";

/**
 * What a window is:
 * - `app`: an activity, a dialog or a menu of an app;
 * - `systemPanel`: what the system has to say: the notification shade, volume, a dialog about an app that hangs;
 * - `inputMethod`: the keyboard;
 * - `systemBar`: status and navigation bar, dividers and overlays of accessibility services;
 * - `toast`: what UiAutomator2 remembers of a toast.
 *
 * Apps and panels are what an agent is shown.
 */
export type WindowKind = "app" | "systemPanel" | "inputMethod" | "systemBar" | "toast";

/** What is known of the screen beside its tree. */
export interface Surroundings {
  width: number;
  height: number;
  /** Package in front, where known. */
  package?: string;
  /** The user's input method, as `package/service` or package, where known. */
  inputMethod?: string;
}

const systemUi = "com.android.systemui";
const keyboardPackage = /(?:^|\.)(?:inputmethod|latin|adbkeyboard|gboard|swiftkey|honeyboard)(?:\.|$)/u;
/** Bars are no deeper than this share of the screen. */
const deepestBar = 0.12;

/**
 * Told by package, size and place, and by the window's type only where nothing else tells: UiAutomator2 gives no
 * types, and both drivers must come to the same answer.
 */
export function windowKind({ type, root }: TreeWindow, screen: Surroundings): WindowKind {
  if (root.className === "android.widget.Toast") return "toast";
  if (isInputMethod(root, screen) || type === "TYPE_INPUT_METHOD") return "inputMethod";
  if (type !== "" && !["TYPE_APPLICATION", "TYPE_SYSTEM"].includes(type)) return "systemBar";
  if (root.package === systemUi)
    return isAtEdge(root.bounds, screen) && !hasControls(root) ? "systemBar" : "systemPanel";
  return root.package === "android" ? "systemPanel" : "app";
}

/** Whether a node inside another app's window is the system's decoration. */
export function isForeign(node: TreeNode, root: TreeNode, screen: Surroundings): boolean {
  if (node.package === root.package) return false;
  return node.package === systemUi || isInputMethod(node, screen);
}

/** A keyboard has screens of its own as well, such as its settings; in front, it is an app like others. */
function isInputMethod({ package: name }: TreeNode, screen: Surroundings): boolean {
  if (name === screen.package) return false;
  return name !== "" && (name === screen.inputMethod?.split("/")[0] || keyboardPackage.test(name));
}

/** Along one whole side of the screen, and thin. */
function isAtEdge({ left, top, right, bottom }: Bounds, { width, height }: Surroundings): boolean {
  const wide = right - left >= 0.9 * width && bottom - top <= deepestBar * Math.max(width, height);
  const tall = bottom - top >= 0.8 * height && right - left <= deepestBar * Math.max(width, height);
  return (wide && (top <= 0 || bottom >= height)) || (tall && (left <= 0 || right >= width));
}

/** Bars show icons and buttons. What has more to offer is a panel, however thin: a slider for brightness, say. */
function hasControls(node: TreeNode): boolean {
  if (!node.visible) return false;
  const control = node.scrollable || node.checkable || isEditable(node) || isSlider(node);
  return control || node.children.some(hasControls);
}

/**
 * What a keyboard covers. Its window may reach over the whole screen and be transparent above the keys, so the
 * keys count, with what is between them.
 */
export function keyboardArea(root: TreeNode): Bounds {
  let keys = nothing;
  let inputArea = nothing;
  const visit = (node: TreeNode): void => {
    if (!node.visible) return;
    const says = node.text !== "" || node.description !== "";
    if (says && node.children.length === 0) keys = around(keys, node.bounds);
    if (node.resourceId === "android:id/inputArea") inputArea = node.bounds;
    for (const child of node.children) visit(child);
  };
  visit(root);
  if (!isEmpty(keys)) return keys;
  return area(inputArea) > 0 ? inputArea : root.bounds;
}
