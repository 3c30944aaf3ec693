import { findFree } from "./covers.ts";
import { labelFor, labelInField, labelsInside, mergedText, wordsOf } from "./labels.ts";
import { area, cutOut, holdsMiddle, intersection, isEmpty, largest, sameBounds } from "./rect.ts";
import type { Bounds, Element } from "./screen.ts";
import { scrollHints } from "./scroll-hints.ts";
import { type Shown, shownNodes } from "./shown.ts";
import { isActionable, isEditable, says } from "./traits.ts";
import type { Tree, TreeNode } from "./tree.ts";
import { type Surroundings, windowKind, type WindowKind } from "./windows.ts";

/** What is covered but for this share of it is covered. */
const sliver = 0.02;

/**
 * What an agent needs of a tree: visible nodes that say something or that can be acted on, the topmost window's
 * first, else in the tree's order. Something tappable without a text of its own gets the texts inside it, one per
 * line, and those labels are not listed again. What something else covers entirely is left out, and so are system
 * bars and keyboards, unless nothing else is there.
 */
export function elementsFromTree(tree: Tree, screen: Surroundings): Element[] {
  const visible = tree.windows.filter(({ root }) => root.visible);
  const windows = visible.map((window) => ({
    kind: windowKind(window, screen),
    shown: shownNodes(window.root, screen),
  }));
  findFree(windows, screen.width * screen.height);
  const content = windows.filter(({ kind }) => isContent(kind));
  const listed = content.length > 0 ? content : windows.filter(({ kind }) => kind !== "toast");
  const elements: Element[] = [];
  /** Labels that an element above them has taken over. */
  const merged = new Set<Shown>();
  const collect = (shown: Shown, said: readonly string[]): void => {
    const { node } = shown;
    let saidBy = said;
    const repeats =
      says(node) &&
      !isActionable(node) &&
      [node.text, node.description].every((t) => t === "" || said.includes(t));
    const labels = labelsInside(shown);
    const useful = isUseful(node) || labels.length > 0;
    if (useful && !merged.has(shown) && !repeats && isSeen(shown) && !isWrapper(shown)) {
      const text = labels.length > 0 ? mergedText(node, labels) : node.text;
      const inField = labelInField(shown);
      const label = inField === undefined ? labelFor(shown) : wordsOf(inField.node);
      for (const part of inField === undefined ? labels : [inField]) merged.add(part);
      elements.push(elementOf(shown, elements.length, text, label));
      saidBy = [...said, text, node.description];
    }
    for (const child of shown.children) collect(child, saidBy);
  };
  for (const { shown } of listed) collect(shown, []);
  return elements;
}

function isContent(kind: WindowKind): boolean {
  return kind === "app" || kind === "systemPanel";
}

function isUseful(node: TreeNode): boolean {
  return says(node) || node.hint !== "" || isActionable(node);
}

function isSeen(shown: Shown): boolean {
  return visibleFraction(shown) > sliver;
}

function visibleFraction({ bounds, free }: Shown): number {
  if (isEmpty(bounds)) return 0;
  return free.reduce((sum, piece) => sum + area(piece), 0) / area(bounds);
}

/** Something tappable without a word of its own, around something tappable of the same size: one thing, not two. */
function isWrapper(shown: Shown): boolean {
  const { node, bounds } = shown;
  if (!node.clickable || node.longClickable || node.checkable || node.scrollable) return false;
  if (says(node) || isEditable(node)) return false;
  let only = shown;
  while (only.children.length === 1) {
    only = only.children[0]!;
    if (only.node.clickable) return sameBounds(only.bounds, bounds);
    if (says(only.node)) return false;
  }
  return false;
}

function elementOf(shown: Shown, index: number, text: string, label: string): Element {
  const { node, bounds } = shown;
  const editable = isEditable(node);
  // Since API 26 an empty field gives its hint as its text.
  const showsHint = node.showsHint || (editable && node.hint !== "" && node.text === node.hint);
  const reach = reachOf(shown);
  const more = scrollHints(shown);
  return {
    index,
    className: node.className,
    resourceId: node.resourceId,
    package: node.package,
    text: showsHint ? "" : text,
    description: node.description,
    hint: showsHint ? node.hint || node.text : node.hint,
    bounds,
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
    visibleFraction: visibleFraction(shown),
    ...(label !== "" && { label }),
    ...(node.value !== "" && { value: node.value }),
    ...(more.length > 0 && { more }),
    ...(reach !== undefined && { reach }),
  };
}

/** Where a finger meets the thing itself, where that is not all of its bounds. */
function reachOf(shown: Shown): Bounds | undefined {
  const { node, bounds, free } = shown;
  const open = largest(free);
  if (open === undefined) return undefined;
  const inside = node.clickable || node.longClickable ? tappableInside(shown) : [];
  if (inside.some((child) => holdsMiddle(child, open))) {
    let rest = free;
    for (const child of inside) rest = cutOut(rest, child);
    // Where children fill it, its middle is as good as any other place.
    return largest(rest) ?? (sameBounds(open, bounds) ? undefined : open);
  }
  return sameBounds(open, bounds) ? undefined : open;
}

function tappableInside(shown: Shown): Bounds[] {
  return shown.children.flatMap((child) =>
    child.node.clickable || child.node.longClickable ? [child.bounds] : tappableInside(child),
  );
}

/** The part of the screen where a finger meets an element and nothing above it; empty or inverted where none is. */
export function reachableBounds(
  element: Pick<Element, "bounds" | "reach">,
  screen: { width: number; height: number },
): Bounds {
  const whole = { left: 0, top: 0, right: screen.width, bottom: screen.height };
  return intersection(element.reach ?? element.bounds, whole);
}
