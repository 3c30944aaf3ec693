/** The screen as an accessibility service sees it: nodes with their parents, window by window. */
import type { Rect } from "../ui/metrics.ts";
import type { Toast } from "../ui/state.ts";
import type { TreeNode } from "../ui/tree.ts";
import type { AccessibilityWindow, Windows } from "../ui/windows.ts";
import { importantOnly } from "./important.ts";
import type { Settings } from "./settings.ts";

export const toastClass = "android.widget.Toast";

export interface UiNode {
  readonly tree: TreeNode;
  readonly window: AccessibilityWindow;
  readonly parent: UiNode | undefined;
  /** Place among the parent's children, from 0. */
  readonly index: number;
  readonly children: readonly UiNode[];
}

/** The roots that the settings ask for: all windows, top first, or the one that is active. */
export function rootsOf(windows: Windows, settings: Settings): UiNode[] {
  const all = windows.accessibilityWindows();
  const active = all.find((window) => window.active);
  const shown = settings.get("enableMultiWindows") ? all : activeOf(all, active, settings);
  return shown.map((window, index) => rootOf(window, settings, index));
}

/** As `rootsOf`, of every window, whatever the settings say of that. */
export function everyRootOf(windows: Windows, settings: Settings): UiNode[] {
  return windows.accessibilityWindows().map((window, index) => rootOf(window, settings, index));
}

/** The window that is active, where there is one: what UiSelector knows. */
export function activeRootOf(windows: Windows, settings: Settings): UiNode | undefined {
  const active = windows.accessibilityWindows().find((window) => window.active);
  return active && rootOf(active, settings, 0);
}

function rootOf(window: AccessibilityWindow, settings: Settings, index: number): UiNode {
  const tree = settings.get("ignoreUnimportantViews") ? importantOnly(window.root) : window.root;
  return nodeOf(tree, window, undefined, index);
}

/** What the real server makes of a toast, of which it has nothing but the text (`UiElementSnapshot`). */
export function toastNode({ text }: Toast, index: number): UiNode {
  const bounds = { left: 0, top: 0, right: 0, bottom: 0 };
  const tree = { className: toastClass, text, bounds, children: [] };
  const window: AccessibilityWindow = {
    id: -1,
    type: "application",
    title: "",
    package: "com.android.settings",
    layer: 0,
    bounds,
    active: false,
    focused: false,
    root: tree,
  };
  return { tree, window, parent: undefined, index, children: [] };
}

function activeOf(
  all: readonly AccessibilityWindow[],
  active: AccessibilityWindow | undefined,
  settings: Settings,
): AccessibilityWindow[] {
  if (active === undefined) return [];
  if (!settings.get("enableTopmostWindowFromActivePackage")) return [active];
  return [
    [...all].sort((a, b) => b.layer - a.layer).find((window) => window.package === active.package) ?? active,
  ];
}

function nodeOf(
  tree: TreeNode,
  window: AccessibilityWindow,
  parent: UiNode | undefined,
  index: number,
): UiNode {
  const children: UiNode[] = [];
  const node: UiNode = { tree, window, parent, index, children };
  tree.children.forEach((child, at) => children.push(nodeOf(child, window, node, at)));
  return node;
}

/** The node and all below it, in the order of the tree. */
export function* everyNode(node: UiNode): Generator<UiNode> {
  yield node;
  for (const child of node.children) yield* everyNode(child);
}

export function everyNodeOf(roots: readonly UiNode[]): UiNode[] {
  return roots.flatMap((root) => [...everyNode(root)]);
}

/** What tells a node from the others as long as its view lives: its window, its place, and what it is. */
export function identityOf(node: UiNode): string {
  const path: number[] = [];
  for (let at: UiNode | undefined = node; at?.parent !== undefined; at = at.parent) path.unshift(at.index);
  return JSON.stringify([node.window.id, path, node.tree.className, node.tree.resourceId ?? ""]);
}

/** As `getText` of an element: a slider's text is its value, in Java's way of writing a float. */
export function textOf({ tree }: UiNode): string {
  if (tree.range !== undefined) return floatText(tree.range.current);
  return tree.text ?? "";
}

function floatText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

export function centerOf({ left, top, right, bottom }: Rect): { x: number; y: number } {
  return { x: Math.floor((left + right) / 2), y: Math.floor((top + bottom) / 2) };
}

export function boundsText({ left, top, right, bottom }: Rect): string {
  return `[${left},${top}][${right},${bottom}]`;
}
