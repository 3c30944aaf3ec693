import type { UiNode } from "../nodes.ts";
import { identityOf } from "../nodes.ts";
import type { Settings } from "../settings.ts";
import { evaluate } from "./evaluate.ts";
import { invalid, parseXPath } from "./parse.ts";
import { documentOf, everyXNode, isElement, sourceDocument, type XNode } from "./values.ts";

/**
 * Nodes that an XPath expression over the page source gives. With a context it is evaluated over a document that
 * holds the context and what is below it, where `limitXPathContextScope` is on, so that `/*` and `./*` are the context
 * itself; else at the context's place in the whole source. Throws `invalid selector`.
 */
export function findByXPath(
  expression: string,
  roots: readonly UiNode[],
  context: UiNode | undefined,
  settings: Settings,
): UiNode[] {
  const parsed = parseXPath(expression);
  const maxDepth = settings.get("snapshotMaxDepth");
  const limited = context !== undefined && settings.get("limitXPathContextScope");
  const document = limited ? documentOf(context, maxDepth) : sourceDocument(roots, maxDepth);
  const item = limited || context === undefined ? document : placeOf(context, document);
  const found = evaluate(parsed, { item, position: 1, size: 1, document, source: expression });
  if (!Array.isArray(found)) throw invalid(expression, "it does not give nodes");
  return found.flatMap((each) => (isElement(each) && each.node !== undefined ? [each.node] : []));
}

function placeOf(context: UiNode, document: XNode): XNode {
  const identity = identityOf(context);
  return everyXNode(document).find(({ node }) => node && identityOf(node) === identity) ?? document;
}
