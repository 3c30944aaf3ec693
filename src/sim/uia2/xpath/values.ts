/** What XPath works on and gives: elements of the page source, their attributes, text, numbers, truth. */
import type { UiNode } from "../nodes.ts";
import { tagName } from "../source.ts";

/** An element of the source. The document holds `hierarchy`, which holds the windows' roots. */
export interface XNode {
  name: string;
  /** Absent for the document and for `hierarchy`. */
  node: UiNode | undefined;
  parent: XNode | undefined;
  children: XNode[];
}

export interface XAttribute {
  name: string;
  value: string;
}

export type Item = XNode | XAttribute;
export type Value = Item[] | string | number | boolean;

export interface Focus {
  item: Item;
  position: number;
  size: number;
  document: XNode;
  /** The whole expression, for what errors say. */
  source: string;
}

/** The whole source: `hierarchy`, and the windows' roots in it. */
export function sourceDocument(roots: readonly UiNode[], maxDepth: number): XNode {
  const document = node("", undefined);
  const hierarchy = node("hierarchy", document);
  document.children = [hierarchy];
  hierarchy.children = roots.map((root) => wrap(root, hierarchy, maxDepth - 1));
  return document;
}

/** One element with all that is below it. */
export function documentOf(root: UiNode, maxDepth: number): XNode {
  const document = node("", undefined);
  document.children = [wrap(root, document, maxDepth)];
  return document;
}

function node(name: string, parent: XNode | undefined): XNode {
  return { name, node: undefined, parent, children: [] };
}

/** `levels` more of them are there below it. */
function wrap(from: UiNode, parent: XNode, levels: number): XNode {
  const wrapped: XNode = { name: tagName(from.tree.className), node: from, parent, children: [] };
  if (levels > 0) wrapped.children = from.children.map((child) => wrap(child, wrapped, levels - 1));
  return wrapped;
}

export function isElement(item: Item): item is XNode {
  return "children" in item;
}

/** The node and all below it, in the order of the document. */
export function everyXNode(node: XNode): XNode[] {
  return [node, ...node.children.flatMap(everyXNode)];
}

export function stringOf(item: Item): string {
  return isElement(item) ? "" : item.value;
}

export function toText(value: Value): string {
  if (Array.isArray(value)) return value[0] === undefined ? "" : stringOf(value[0]);
  return String(value);
}

export function toNumber(value: Value): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  const text = toText(value).trim();
  return text === "" ? Number.NaN : Number(text);
}

export function toBoolean(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}
