import type { TreeNode } from "./tree.ts";

export function isEditable(node: TreeNode): boolean {
  return /(?:EditText|AutoCompleteTextView|SearchAutoComplete)$/u.test(node.className);
}

/** Whether a finger does something on it. A slider is dragged, which no flag says. */
export function isTouchable(node: TreeNode): boolean {
  return node.clickable || node.longClickable || node.checkable || isEditable(node) || isSlider(node);
}

export function isSlider(node: TreeNode): boolean {
  return node.enabled && /(?:SeekBar|RatingBar)$/u.test(node.className);
}

export function isActionable(node: TreeNode): boolean {
  return isTouchable(node) || node.scrollable;
}

export function says(node: TreeNode): boolean {
  return node.text !== "" || node.description !== "";
}
