/** Attributes of nodes as the real server names and orders them (`Attribute`, `UiElementSnapshot`). */
import { isImportant } from "./important.ts";
import { boundsText, textOf, toastClass, type UiNode } from "./nodes.ts";

type Value = string | number | boolean | undefined;

interface Attribute {
  /** What clients may ask by; the first one stands in the source. */
  names: readonly string[];
  /** Undefined where the node has none; then the source leaves it out. */
  value: (node: UiNode) => Value;
}

const recycler = /RecyclerView|ListView|GridView/u;

function isCollection(node: UiNode | undefined): boolean {
  return node !== undefined && recycler.test(node.tree.className);
}

/** In the order of the source. Where nothing on this phone ever sets one, it has Android's default. */
export const attributes: readonly Attribute[] = [
  { names: ["index"], value: ({ index }) => index },
  { names: ["package"], value: ({ window }) => window.package },
  { names: ["class", "className"], value: ({ tree }) => tree.className },
  { names: ["text", "name"], value: textOf },
  { names: ["content-desc", "contentDescription"], value: ({ tree }) => tree.desc },
  { names: ["resource-id", "resourceId"], value: ({ tree }) => tree.resourceId },
  { names: ["checkable"], value: ({ tree }) => tree.checkable === true },
  { names: ["checked"], value: ({ tree }) => tree.checked === true },
  { names: ["clickable"], value: ({ tree }) => tree.clickable === true },
  { names: ["enabled"], value: ({ tree }) => tree.enabled !== false },
  { names: ["focusable"], value: ({ tree }) => tree.focusable === true },
  { names: ["focused"], value: ({ tree }) => tree.focused === true },
  { names: ["long-clickable", "longClickable"], value: ({ tree }) => tree.longClickable === true },
  { names: ["password"], value: ({ tree }) => tree.password === true },
  { names: ["scrollable"], value: ({ tree }) => tree.scrollable === true },
  { names: ["selection-start"], value: ({ tree }) => tree.selection?.start },
  { names: ["selection-end"], value: ({ tree }) => tree.selection?.end },
  { names: ["selected"], value: ({ tree }) => tree.selected === true },
  { names: ["bounds"], value: ({ tree }) => boundsText(tree.bounds) },
  { names: ["displayed"], value: () => true },
  { names: ["hint"], value: ({ tree }) => tree.hint },
  { names: ["a11y-important", "importantForAccessibility"], value: ({ tree }) => isImportant(tree) },
  { names: ["screen-reader-focusable", "screenReaderFocusable"], value: () => false },
  { names: ["input-type", "inputType"], value: ({ tree }) => tree.inputType },
  { names: ["drawing-order", "drawingOrder"], value: ({ tree }) => tree.drawingOrder ?? 0 },
  { names: ["showing-hint", "showingHintText"], value: ({ tree }) => tree.showingHint === true },
  { names: ["text-entry-key", "textEntryKey"], value: () => false },
  {
    names: ["multiline", "multiLine"],
    value: ({ tree }) => (tree.maxTextLength === undefined ? undefined : tree.multiLine === true),
  },
  { names: ["dismissable"], value: () => false },
  { names: ["a11y-focused", "accessibilityFocused"], value: () => false },
  { names: ["heading"], value: ({ tree }) => tree.heading === true },
  { names: ["live-region", "liveRegion"], value: () => 0 },
  { names: ["context-clickable", "contextClickable"], value: () => false },
  { names: ["max-text-length", "maxTextLength"], value: ({ tree }) => tree.maxTextLength },
  { names: ["content-invalid", "contentInvalid"], value: () => false },
  { names: ["error", "errorText"], value: () => undefined },
  { names: ["pane-title", "paneTitle"], value: () => undefined },
  { names: ["tooltip-text", "tooltipText"], value: () => undefined },
  { names: ["window-id", "windowId"], value: ({ window }) => window.id },
  { names: ["is-collection", "isCollection"], value: (node) => (isCollection(node) ? true : undefined) },
  {
    names: ["is-collection-item", "isCollectionItem"],
    value: (node) => (isCollection(node.parent) ? true : undefined),
  },
];

/** All that the source shows of a toast. */
const toastAttributes = new Set(["index", "package", "class", "text", "displayed"]);

/** Names and values of what the source shows of a node. */
export function sourceAttributes(node: UiNode): [name: string, value: string][] {
  const isToast = node.tree.className === toastClass;
  return attributes.flatMap(({ names, value }): [string, string][] => {
    if (isToast && !toastAttributes.has(names[0]!)) return [];
    const found = value(node);
    return found === undefined ? [] : [[names[0]!, String(found)]];
  });
}

/** What the real server's `getAttribute` knows; the others stand in the source only. */
const askable = new Set([
  "bounds",
  "checkable",
  "checked",
  "class",
  "clickable",
  "content-desc",
  "displayed",
  "enabled",
  "focusable",
  "focused",
  "hint",
  "is-collection",
  "is-collection-item",
  "long-clickable",
  "package",
  "password",
  "resource-id",
  "scrollable",
  "selected",
  "selection-end",
  "selection-start",
  "text",
]);

/** Names that `getAttribute` alone knows, in lower case. */
const askedOnly: Record<string, (node: UiNode) => string | null> = {
  // No view here puts anything into its bundle of extras.
  extras: () => "",
};

/** Undefined where there is no attribute of that name; null where the node has no value for it. */
export function attributeOf(node: UiNode, name: string): string | null | undefined {
  const wanted = name.toLowerCase();
  const only = askedOnly[wanted];
  if (only !== undefined) return only(node);
  const found = attributes.find(({ names }) => names.some((each) => each.toLowerCase() === wanted));
  if (found === undefined || !askable.has(found.names[0]!)) return undefined;
  const value = found.value(node);
  if (found.names[0]!.startsWith("is-")) return String(value === true);
  return value === undefined ? null : String(value);
}

/** As the error names them: the real server lists all that it knows, those too that it then refuses. */
export const attributeNames: readonly string[] = attributes
  .filter(({ names }) => names[0] !== "index")
  .map(({ names }) => (names.length === 1 ? names[0]! : `{${names.join(",")}}`));
