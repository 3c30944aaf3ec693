/** Which views Android deems worth telling an accessibility service of (View.isImportantForAccessibility). */
import type { TreeNode } from "../ui/tree.ts";

/** Views that say so of themselves; others are where they have a description or take an action. */
const importantClasses =
  /(?:TextView|Button|EditText|CheckBox|Switch|SeekBar|ProgressBar|RecyclerView|ListView|GridView)$/u;

export function isImportant(node: TreeNode): boolean {
  if (importantClasses.test(node.className) || Boolean(node.desc)) return true;
  return node.clickable === true || node.longClickable === true || node.focusable === true;
}

/**
 * The tree without the views that only group others, as a service has it that does not ask for those
 * (FLAG_INCLUDE_NOT_IMPORTANT_VIEWS). The root of a window is always told.
 */
export function importantOnly(root: TreeNode): TreeNode {
  return { ...root, children: root.children.flatMap(important) };
}

function important(node: TreeNode): TreeNode[] {
  return isImportant(node) ? [importantOnly(node)] : node.children.flatMap(important);
}
