import type { UiNode } from "../nodes.ts";
import { evaluate } from "./evaluate.ts";
import { invalid, parseXPath } from "./parse.ts";
import { documentOf, everyXNode, isElement } from "./values.ts";

/**
 * Nodes that an XPath expression over the page source gives. With a context a path that begins with `//` looks
 * below it only, as `limitXPathContextScope` of the real server has it. Throws `invalid selector`.
 */
export function findByXPath(
  expression: string,
  roots: readonly UiNode[],
  context: UiNode | undefined,
): UiNode[] {
  const parsed = parseXPath(expression);
  const whole = documentOf(context === undefined ? roots : [context]);
  // Below a context its own element is the document's.
  const hierarchy = whole.children[0]!;
  const document = context === undefined ? whole : hierarchy;
  const item = context === undefined ? whole : (everyXNode(hierarchy)[1] ?? hierarchy);
  const found = evaluate(parsed, { item, position: 1, size: 1, document, source: expression });
  if (!Array.isArray(found)) throw invalid(expression, "it does not give nodes");
  return found.flatMap((each) => (isElement(each) && each.node !== undefined ? [each.node] : []));
}
