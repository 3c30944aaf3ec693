import { isEmpty } from "./rect.ts";
import type { Shown } from "./shown.ts";
import { isActionable, isEditable, isTouchable, says } from "./traits.ts";
import type { TreeNode } from "./tree.ts";

/** A row with more labels than this is a page, not a row: its texts stay elements of their own. */
const maxLabels = 8;

/**
 * The nodes that only label `row`; empty where it has a text of its own or is no row or button. The text of a switch
 * may be no more than how it stands, as that of a tile in the quick settings.
 */
export function labelsInside(row: Shown): Shown[] {
  const { node, isPage } = row;
  if (isPage || isEditable(node) || node.scrollable) return [];
  if (node.text !== "" && !node.checkable) return [];
  if (!isTouchable(node) && !isSelectedTab(row)) return [];
  const labels = textsInside(row);
  return labels === undefined || labels.length > maxLabels ? [] : labels;
}

/** The texts of a row and its labels, one per line. An avatar often says the name that stands beside it, which is then said once. */
export function mergedText(row: TreeNode, labels: readonly Shown[]): string {
  const lines: string[] = row.text === "" ? [] : [row.text];
  const pictured = new Set<string>();
  for (const { node } of labels) {
    const words = wordsOf(node);
    const isPicture = node.text === "";
    // Two texts may well be the same: of 2 adults and 2 children, say.
    if (words === row.text || (isPicture ? lines.includes(words) : pictured.delete(words))) continue;
    lines.push(words);
    if (isPicture) pictured.add(words);
  }
  return lines.join("\n");
}

/** The label that Compose draws inside a field, and tells after it, where it would be taken for the next field's. */
export function labelInField(field: Shown): Shown | undefined {
  if (!isEditable(field.node) || field.isPage) return undefined;
  // Flutter tells there how many characters are left, as another class.
  return textsInside(field)?.find(({ node }) => node.text !== "" && node.className.endsWith(".TextView"));
}

/**
 * What names a control that says nothing itself: the row it is in, or for a field, a slider and a box to tick, the
 * text right before it.
 */
export function labelFor(shown: Shown): string {
  const { node } = shown;
  if (!isTouchable(node) || says(node) || node.hint !== "" || labelsInside(shown).length > 0) return "";
  for (let row = shown.parent; row !== undefined && !row.isPage; row = row.parent) {
    if (!isTouchable(row.node)) continue;
    const name = nameAmong(labelsInside(row))?.node;
    return firstLine(row.node.text || (name && wordsOf(name)) || row.node.description);
  }
  // A button is not named by the text before it.
  if (node.clickable && !isEditable(node) && !node.checkable) return "";
  const siblings = shown.parent?.children ?? [];
  const before = siblings[siblings.indexOf(shown) - 1];
  if (before === undefined || isActionable(before.node) || isEmpty(before.bounds)) return "";
  return firstLine(before.node.text);
}

/**
 * The tab that is open already: Compose leaves it selected and takes its click away, so that nothing but this says
 * which of the tabs it is. In other toolkits what is selected passes that on to the texts inside it.
 */
function isSelectedTab({ node, children }: Shown): boolean {
  return node.selected && !says(node) && !children.some((child) => child.node.selected);
}

/** What says something inside and cannot be acted on, in the tree's order; undefined where something there scrolls. */
function textsInside(row: Shown): Shown[] | undefined {
  const labels: Shown[] = [];
  let scrolls = false;
  const visit = (child: Shown, said: readonly string[]): void => {
    if (child.node.scrollable) scrolls = true;
    if (scrolls || isActionable(child.node)) return;
    const words = says(child.node) && child.free.length > 0 ? wordsOf(child.node) : "";
    // In a web page a link's text is a child of the link with the same words.
    if (words !== "" && !said.includes(words)) labels.push(child);
    const heard = words === "" ? said : [...said, words];
    for (const grandchild of child.children) visit(grandchild, heard);
  };
  for (const child of row.children) visit(child, []);
  return scrolls ? undefined : labels;
}

/** A description that holds the text says more of it: "Rated 4.5 stars" for "4.5". */
export function wordsOf({ text, description }: TreeNode): string {
  return text === "" || description.includes(text) ? description : text;
}

/** A written text rather than what a screen reader says of a picture before it. */
function nameAmong(labels: readonly Shown[]): Shown | undefined {
  return labels.find(({ node }) => node.text !== "") ?? labels[0];
}

function firstLine(text: string): string {
  const [first = ""] = text.split("\n");
  return first;
}
