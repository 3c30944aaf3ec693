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

export function documentOf(roots: readonly UiNode[]): XNode {
  const document: XNode = { name: "", node: undefined, parent: undefined, children: [] };
  const hierarchy: XNode = { name: "hierarchy", node: undefined, parent: document, children: [] };
  document.children.push(hierarchy);
  hierarchy.children = roots.map((root) => wrap(root, hierarchy));
  return document;
}

function wrap(node: UiNode, parent: XNode): XNode {
  const wrapped: XNode = { name: tagName(node.tree.className), node, parent, children: [] };
  wrapped.children = node.children.map((child) => wrap(child, wrapped));
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
