/** What a UiSelector matches (androidx.test.uiautomator.UiSelector, and QueryController, which searches by it). */
import type { UiNode } from "../nodes.ts";
import { syntaxError, type Argument, type MethodCall } from "./parse.ts";

export interface UiSelector {
  tests: readonly ((node: UiNode) => boolean)[];
  /** Place among the parent's children. */
  index?: number;
  /** Which of the matches, from 0. */
  instance?: number;
  /** The class is given as a pattern. */
  byClassPattern?: true;
  /** What is looked for below a match, or below a match's parent. */
  inner?: { below: "match" | "parent"; selector: UiSelector };
}

const textTests: Record<string, (node: UiNode, value: string) => boolean> = {
  text: ({ tree }, value) => tree.text === value,
  textContains: ({ tree }, value) => (tree.text ?? "").toLowerCase().includes(value.toLowerCase()),
  textStartsWith: ({ tree }, value) => (tree.text ?? "").toLowerCase().startsWith(value.toLowerCase()),
  textMatches: ({ tree }, value) => whole(value).test(tree.text ?? ""),
  description: ({ tree }, value) => tree.desc === value,
  descriptionContains: ({ tree }, value) => (tree.desc ?? "").toLowerCase().includes(value.toLowerCase()),
  descriptionStartsWith: ({ tree }, value) => (tree.desc ?? "").toLowerCase().startsWith(value.toLowerCase()),
  descriptionMatches: ({ tree }, value) => whole(value).test(tree.desc ?? ""),
  resourceId: ({ tree }, value) => tree.resourceId === value,
  resourceIdMatches: ({ tree }, value) => whole(value).test(tree.resourceId ?? ""),
  className: ({ tree }, value) => tree.className === value,
  classNameMatches: ({ tree }, value) => whole(value).test(tree.className),
  packageName: ({ window }, value) => window.package === value,
  packageNameMatches: ({ window }, value) => whole(value).test(window.package),
};

const flagTests: Record<string, (node: UiNode) => boolean> = {
  checkable: ({ tree }) => tree.checkable === true,
  checked: ({ tree }) => tree.checked === true,
  clickable: ({ tree }) => tree.clickable === true,
  enabled: ({ tree }) => tree.enabled !== false,
  focusable: ({ tree }) => tree.focusable === true,
  focused: ({ tree }) => tree.focused === true,
  longClickable: ({ tree }) => tree.longClickable === true,
  scrollable: ({ tree }) => tree.scrollable === true,
  selected: ({ tree }) => tree.selected === true,
};

/** Java's `Pattern.matches` looks at the whole text; its flags `(?i)` and `(?s)` stand before the pattern. */
function whole(pattern: string): RegExp {
  const [, flags = "", rest = ""] = /^(?:\(\?([is]+)\))?(.*)$/su.exec(pattern) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, `${flags}u`);
  } catch {
    throw syntaxError(pattern, "this regular expression is not understood");
  }
}

/** Throws `invalid selector` where a method is not known or takes something else. */
export function selectorOf(calls: readonly MethodCall[], expression: string): UiSelector {
  return calls.reduce<UiSelector>((selector, call) => add(selector, call, expression), { tests: [] });
}

export function selectorFor(name: "text" | "description" | "className", value: string): UiSelector {
  return { tests: [(node) => textTests[name]!(node, value)] };
}

function add(selector: UiSelector, { name, arguments: given }: MethodCall, expression: string): UiSelector {
  const [argument] = given;
  const wrong = (): Error => syntaxError(expression, `UiSelector has no suitable method \`${name}\``);
  if (given.length !== 1 || argument === undefined) throw wrong();
  if (name === "instance" || name === "index") {
    if (typeof argument !== "number") throw wrong();
    return { ...selector, [name]: argument };
  }
  if (name === "childSelector" || name === "fromParent") {
    if (!isCalls(argument)) throw wrong();
    return withInner(
      selector,
      name === "childSelector" ? "match" : "parent",
      selectorOf(argument, expression),
    );
  }
  const [text, flag] = [textTests[name], flagTests[name]];
  if (text !== undefined && typeof argument === "string") {
    const more = { tests: [...selector.tests, (node: UiNode) => text(node, argument)] };
    return { ...selector, ...more, ...(name === "classNameMatches" ? { byClassPattern: true } : {}) };
  }
  if (flag !== undefined && typeof argument === "boolean")
    return { ...selector, tests: [...selector.tests, (node) => flag(node) === argument] };
  throw text === undefined && flag === undefined
    ? syntaxError(expression, `UiSelector has no \`${name}\` method`)
    : wrong();
}

export function isCalls(argument: Argument): argument is readonly MethodCall[] {
  return Array.isArray(argument);
}

/** What is looked for within what the selector finds: at the end of the chain that it may be. */
export function within(selector: UiSelector, inner: UiSelector): UiSelector {
  return withInner(selector, "match", inner);
}

function withInner(selector: UiSelector, below: "match" | "parent", added: UiSelector): UiSelector {
  const { inner } = selector;
  if (inner === undefined) return { ...selector, inner: { below, selector: added } };
  return { ...selector, inner: { ...inner, selector: withInner(inner.selector, below, added) } };
}

/** The first match at or below a node, from its root down; below it alone where `from` is a context. */
export function findSelected(
  selector: UiSelector,
  from: UiNode,
  { below = false }: { below?: boolean } = {},
): UiNode | undefined {
  const counts = new Map<UiSelector, number>();
  if (!below) return search(selector, from, counts);
  return firstOf(from.children, (child) => search(selector, child, counts));
}

/** QueryController.findNodeRegularRecursive: where nothing is below a match, the search goes on beside it. */
function search(selector: UiSelector, from: UiNode, counts: Map<UiSelector, number>): UiNode | undefined {
  if (!matches(selector, from, counts))
    return firstOf(from.children, (child) => search(selector, child, counts));
  const { inner } = selector;
  if (inner === undefined) return from;
  const start = inner.below === "match" ? from : from.parent;
  return start && firstOf(start.children, (child) => search(inner.selector, child, counts));
}

function firstOf(nodes: readonly UiNode[], find: (node: UiNode) => UiNode | undefined): UiNode | undefined {
  for (const node of nodes) {
    const found = find(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Matches before the wanted instance only count; all from it on are taken. */
function matches(selector: UiSelector, node: UiNode, counts: Map<UiSelector, number>): boolean {
  if (selector.index !== undefined && selector.index !== node.index) return false;
  if (!selector.tests.every((test) => test(node))) return false;
  const count = counts.get(selector) ?? 0;
  if (count >= (selector.instance ?? 0)) return true;
  counts.set(selector, count + 1);
  return false;
}
