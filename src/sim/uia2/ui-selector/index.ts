/**
 * Elements by expressions of the strategy `-android uiautomator` (the real one's `ByUiAutomatorFinder`). They are
 * looked for in the active window only, whatever the settings say of windows, and are UiObjects: whoever asks one
 * of them something gets an answer of what its selector matches at that time.
 */
import type { Call } from "../context.ts";
import { identityOf, type UiNode } from "../nodes.ts";
import { activeRoot } from "../screen.ts";
import { parseStatements } from "./parse.ts";
import { runScrollable } from "./run-scrollable.ts";
import { findSelected, selectorOf, type UiSelector } from "./selector.ts";

export { Scrollable } from "./scrollable.ts";
export { selectorFor, type UiSelector } from "./selector.ts";

export interface Selected {
  node: UiNode;
  selector: UiSelector;
}

/** What a selector matches now. A context is looked below. */
export function selectedNode(
  call: Call,
  selector: UiSelector,
  context: UiNode | undefined,
): UiNode | undefined {
  const from = context ?? activeRoot(call);
  return from && findSelected(selector, from, { below: context !== undefined });
}

/** The selector of the first statement. Throws `invalid selector`. */
export async function firstSelector(call: Call, expression: string): Promise<UiSelector> {
  const [first] = await selectors(call, expression);
  return first!;
}

export async function findOneSelected(
  call: Call,
  expression: string,
  context: UiNode | undefined,
): Promise<Selected | undefined> {
  const selector = await firstSelector(call, expression);
  const node = selectedNode(call, selector, context);
  return node && { node, selector };
}

/** Of all statements together, each element once. */
export async function findManySelected(
  call: Call,
  expression: string,
  context: UiNode | undefined,
): Promise<Selected[]> {
  const found = new Map<string, Selected>();
  for (const selector of await selectors(call, expression)) {
    for (const each of instancesOf(selector, activeRoot(call), context)) {
      const identity = identityOf(each.node);
      if (!found.has(identity)) found.set(identity, each);
    }
  }
  return [...found.values()];
}

/** Every statement is carried out as it is read, a UiScrollable too. */
async function selectors(call: Call, expression: string): Promise<UiSelector[]> {
  const read: UiSelector[] = [];
  for (const { container, calls } of parseStatements(expression)) {
    read.push(
      container === undefined
        ? selectorOf(calls, expression)
        : await runScrollable(call, container, calls, expression),
    );
  }
  return read;
}

/**
 * One after the other until there is none: by instance, or by index where the class is a pattern. A selector
 * that names its instance is looked for as it stands, and not below the context.
 */
function* instancesOf(
  selector: UiSelector,
  root: UiNode | undefined,
  context: UiNode | undefined,
): Generator<Selected> {
  const named = selector.instance !== undefined;
  const below = context !== undefined && !named;
  const from = below ? context : root;
  if (from === undefined) return;
  const byIndex = selector.byClassPattern === true && context === undefined;
  for (let at = 0; ; at++) {
    const one = named ? selector : { ...selector, ...(byIndex ? { index: at } : { instance: at }) };
    const node = findSelected(one, from, { below });
    if (node === undefined) return;
    yield { node, selector: one };
    if (named) return;
  }
}
