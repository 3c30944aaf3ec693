import { isEmpty } from "./rect.ts";
import type { Shown } from "./shown.ts";
import { isActionable, isEditable, isTouchable, says } from "./traits.ts";

/** A row with more labels than this is a page, not a row: its texts stay elements of their own. */
const maxLabels = 8;

/** The nodes that only label `row`; empty where it has a text of its own or is no row or button. */
export function labelsInside({ node, children }: Shown): Shown[] {
  if (!isTouchable(node) || node.text !== "" || isEditable(node) || node.scrollable) return [];
  const labels: Shown[] = [];
  let scrolls = false;
  const visit = (child: Shown): void => {
    if (scrolls) return;
    if (child.node.scrollable) scrolls = true;
    if (isActionable(child.node)) return;
    if (says(child.node) && child.free.length > 0) labels.push(child);
    for (const grandchild of child.children) visit(grandchild);
  };
  for (const child of children) visit(child);
  return scrolls || labels.length > maxLabels ? [] : labels;
}

/** The texts of labels, one per line, each once: an avatar often says the name that stands beside it. */
export function mergedText(labels: readonly Shown[]): string {
  return [...new Set(labels.map(({ node }) => node.text || node.description))].join("\n");
}

/**
 * What names a control that says nothing itself: the row it is in, or for a field, a slider and a box to tick, the
 * text right before it.
 */
export function labelFor(shown: Shown, textOf: (row: Shown) => string): string {
  const { node } = shown;
  if (!isTouchable(node) || says(node) || node.hint !== "") return "";
  for (let row = shown.parent; row !== undefined; row = row.parent) {
    if (!isTouchable(row.node)) continue;
    const text = row.node.text || textOf(row) || row.node.description;
    return firstLine(text);
  }
  // A button is not named by the text before it.
  if (node.clickable && !isEditable(node) && !node.checkable) return "";
  const siblings = shown.parent?.children ?? [];
  const before = siblings[siblings.indexOf(shown) - 1];
  if (before === undefined || isActionable(before.node) || isEmpty(before.bounds)) return "";
  return firstLine(before.node.text);
}

function firstLine(text: string): string {
  const [first = ""] = text.split("\n");
  return first;
}
