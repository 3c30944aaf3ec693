/** Evaluates XPath expressions over the nodes of the screen. */
import { sourceAttributes } from "../attributes.ts";
import { callFunction } from "./functions.ts";
import { invalid, type Expression, type Step } from "./parse.ts";
import {
  everyXNode,
  isElement,
  stringOf,
  toBoolean,
  toNumber,
  type Focus,
  type Item,
  type Value,
  type XAttribute,
  type XNode,
} from "./values.ts";

export function evaluate(expression: Expression, focus: Focus): Value {
  switch (expression.type) {
    case "literal":
      return expression.value;
    case "negative":
      return -toNumber(evaluate(expression.of, focus));
    case "call":
      return callFunction(expression.name, expression.arguments, focus, evaluate);
    case "operation":
      return operate(expression.operator, expression.left, expression.right, focus);
    case "filter":
      return filter(nodesOf(evaluate(expression.of, focus), focus), expression.predicates, focus);
    case "path": {
      const { from } = expression;
      const start =
        from === "root"
          ? [focus.document]
          : from === "context"
            ? [focus.item]
            : nodesOf(evaluate(from, focus), focus);
      return expression.steps.reduce<Item[]>((items, step) => takeStep(items, step, focus), start);
    }
  }
}

function nodesOf(value: Value, { source }: Focus): Item[] {
  if (Array.isArray(value)) return value;
  throw invalid(source, "a path can only begin with nodes");
}

function takeStep(items: readonly Item[], step: Step, focus: Focus): Item[] {
  const found = items.flatMap((item) =>
    filter(
      along(step.axis, item).filter(
        (each) => step.test === "*" || step.test === "node()" || each.name === step.test,
      ),
      step.predicates,
      focus,
    ),
  );
  const unique = [...new Set(found)];
  if (items.length === 1) return reverseAxes.has(step.axis) ? unique.toReversed() : unique;
  return inDocumentOrder(unique, focus.document);
}

const reverseAxes = new Set(["ancestor", "ancestor-or-self", "preceding", "preceding-sibling"]);

function inDocumentOrder(items: readonly Item[], document: XNode): Item[] {
  const elements = new Set(items.filter(isElement));
  if (elements.size < items.length) return [...items];
  return everyXNode(document).filter((node) => elements.has(node));
}

/** Nearest first, as predicates count them. */
function along(axis: Step["axis"], item: Item): Item[] {
  if (!isElement(item)) return axis === "self" ? [item] : [];
  switch (axis) {
    case "child":
      return item.children;
    case "descendant":
      return everyXNode(item).slice(1);
    case "descendant-or-self":
      return everyXNode(item);
    case "self":
      return [item];
    case "parent":
      return item.parent === undefined ? [] : [item.parent];
    case "ancestor":
      return item.parent === undefined ? [] : ancestorsAndSelf(item.parent);
    case "ancestor-or-self":
      return ancestorsAndSelf(item);
    case "following":
      return ancestorsAndSelf(item).flatMap((each) => siblingsAfter(each).flatMap(everyXNode));
    case "preceding":
      return ancestorsAndSelf(item).flatMap((each) =>
        siblingsBefore(each).flatMap((before) => everyXNode(before).toReversed()),
      );
    case "following-sibling":
      return siblingsAfter(item);
    case "preceding-sibling":
      return siblingsBefore(item);
    case "attribute":
      return attributesOf(item);
  }
}

function ancestorsAndSelf(node: XNode): XNode[] {
  return node.parent === undefined ? [node] : [node, ...ancestorsAndSelf(node.parent)];
}

function siblingsAfter(node: XNode): XNode[] {
  const siblings = node.parent?.children ?? [];
  return siblings.slice(siblings.indexOf(node) + 1);
}

/** The nearest first. */
function siblingsBefore(node: XNode): XNode[] {
  const siblings = node.parent?.children ?? [];
  return siblings.slice(0, Math.max(0, siblings.indexOf(node))).toReversed();
}

function attributesOf({ node }: XNode): XAttribute[] {
  return node === undefined ? [] : sourceAttributes(node).map(([name, value]) => ({ name, value }));
}

/** A number is a position; anything else is true or false. */
function filter(items: readonly Item[], predicates: readonly Expression[], focus: Focus): Item[] {
  return predicates.reduce<Item[]>(
    (left, predicate) =>
      left.filter((item, at) => {
        const value = evaluate(predicate, { ...focus, item, position: at + 1, size: left.length });
        return typeof value === "number" ? value === at + 1 : toBoolean(value);
      }),
    [...items],
  );
}

function operate(operator: string, left: Expression, right: Expression, focus: Focus): Value {
  const a = evaluate(left, focus);
  if (operator === "or") return toBoolean(a) || toBoolean(evaluate(right, focus));
  if (operator === "and") return toBoolean(a) && toBoolean(evaluate(right, focus));
  const b = evaluate(right, focus);
  switch (operator) {
    case "|":
    case "union":
      return inDocumentOrder([...new Set([...nodesOf(a, focus), ...nodesOf(b, focus)])], focus.document);
    case "+":
      return toNumber(a) + toNumber(b);
    case "-":
      return toNumber(a) - toNumber(b);
    case "*":
      return toNumber(a) * toNumber(b);
    case "div":
      return toNumber(a) / toNumber(b);
    case "mod":
      return toNumber(a) % toNumber(b);
    default:
      return compare(operator, a, b);
  }
}

/** True where any of the nodes compares so (XPath 1.0, 3.4). */
function compare(operator: string, a: Value, b: Value): boolean {
  if (Array.isArray(a)) return a.some((item) => compare(operator, stringOf(item), b));
  if (Array.isArray(b)) return b.some((item) => compare(operator, a, stringOf(item)));
  if (operator === "=" || operator === "!=") return equal(a, b) === (operator === "=");
  const [x, y] = [toNumber(a), toNumber(b)];
  if (operator === "<") return x < y;
  if (operator === "<=") return x <= y;
  return operator === ">" ? x > y : x >= y;
}

function equal(a: string | number | boolean, b: string | number | boolean): boolean {
  // XPath 2.0, which the real server prefers, lets `@checked=true()` hold for the text `true`.
  if (typeof a === "boolean" || typeof b === "boolean") return String(a) === String(b);
  if (typeof a === "number" || typeof b === "number") return toNumber(a) === toNumber(b);
  return a === b;
}
