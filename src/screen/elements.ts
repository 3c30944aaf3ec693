import type { Bounds, Element } from "./screen.ts";
import type { Tree, TreeNode } from "./tree.ts";

export interface Size {
  width: number;
  height: number;
}

/** A row with more labels than this is a page, not a row: its texts stay elements of their own. */
const maxLabels = 8;
const systemUi = "com.android.systemui";
const keyboardPackage = /(?:^|\.)(?:inputmethod|latin|adbkeyboard|gboard|swiftkey|honeyboard)(?:\.|$)/u;

/**
 * What an agent needs of a tree, in the tree's order: visible nodes that say something or that can be
 * acted on. Something tappable without a text of its own gets the texts inside it, one per line, and
 * those labels are not listed again. System bars and keyboards are left out, unless nothing else is
 * there (the notification shade is a window of the system bars' package).
 */
export function elementsFromTree(tree: Tree, screen: Size): Element[] {
  const apps = tree.roots.filter((root) => !isSystemWindow(root));
  const elements: Element[] = [];
  /** Labels that an element above them has taken over. */
  const merged = new Set<TreeNode>();
  const collect = (node: TreeNode): void => {
    if (!node.visible || (apps.length > 0 && isSystemWindow(node))) return;
    const fraction = visibleFraction(node.bounds, screen);
    if (fraction > 0 && isUseful(node) && !merged.has(node)) {
      const labels = labelsInside(node, screen);
      for (const label of labels) merged.add(label);
      elements.push(elementOf(node, elements.length, labels, fraction));
    }
    for (const child of node.children) collect(child);
  };
  for (const root of apps.length > 0 ? apps : tree.roots) collect(root);
  return elements;
}

function isSystemWindow(node: TreeNode): boolean {
  return node.package === systemUi || keyboardPackage.test(node.package);
}

function isActionable(node: TreeNode): boolean {
  return node.clickable || node.longClickable || node.checkable || node.scrollable || isEditable(node);
}

function isUseful(node: TreeNode): boolean {
  return node.text !== "" || node.description !== "" || node.hint !== "" || isActionable(node);
}

function isEditable(node: TreeNode): boolean {
  return /(?:EditText|AutoCompleteTextView|SearchAutoComplete)$/u.test(node.className);
}

/** The nodes that only label `node`; empty where it has a text of its own or is no row or button. */
function labelsInside(node: TreeNode, screen: Size): TreeNode[] {
  const tappable = node.clickable || node.longClickable || node.checkable;
  if (!tappable || node.text !== "" || isEditable(node) || node.scrollable) return [];
  const labels: TreeNode[] = [];
  let scrolls = false;
  const visit = (child: TreeNode): void => {
    if (!child.visible || scrolls) return;
    if (child.scrollable) scrolls = true;
    if (isActionable(child)) return;
    const says = child.text !== "" || child.description !== "";
    if (says && visibleFraction(child.bounds, screen) > 0) labels.push(child);
    for (const grandchild of child.children) visit(grandchild);
  };
  for (const child of node.children) visit(child);
  return scrolls || labels.length > maxLabels ? [] : labels;
}

function elementOf(node: TreeNode, index: number, labels: TreeNode[], fraction: number): Element {
  const editable = isEditable(node);
  // Since API 26 an empty field gives its hint as its text.
  const showsHint = editable && node.hint !== "" && node.text === node.hint;
  const text = labels.length > 0 ? mergedText(labels) : node.text;
  return {
    index,
    className: node.className,
    resourceId: node.resourceId,
    package: node.package,
    text: showsHint ? "" : text,
    description: node.description,
    hint: node.hint,
    bounds: node.bounds,
    clickable: node.clickable,
    longClickable: node.longClickable,
    checkable: node.checkable,
    checked: node.checked,
    editable,
    enabled: node.enabled,
    focusable: node.focusable,
    focused: node.focused,
    scrollable: node.scrollable,
    selected: node.selected,
    password: node.password,
    visibleFraction: fraction,
  };
}

function mergedText(labels: readonly TreeNode[]): string {
  const lines = labels.map((label) => label.text || label.description);
  return lines.filter((line, i) => line !== lines[i - 1]).join("\n");
}

function visibleFraction(bounds: Bounds, screen: Size): number {
  const area = (bounds.right - bounds.left) * (bounds.bottom - bounds.top);
  const seen = visibleBounds(bounds, screen);
  if (area <= 0 || seen.right <= seen.left || seen.bottom <= seen.top) return 0;
  return ((seen.right - seen.left) * (seen.bottom - seen.top)) / area;
}

/** The part of a rectangle that is on the screen; empty or inverted where none is. */
export function visibleBounds(bounds: Bounds, screen: Size): Bounds {
  return {
    left: Math.max(bounds.left, 0),
    top: Math.max(bounds.top, 0),
    right: Math.min(bounds.right, screen.width),
    bottom: Math.min(bounds.bottom, screen.height),
  };
}
