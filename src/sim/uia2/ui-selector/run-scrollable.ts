/** Carries out `new UiScrollable(…)` statements (the real one's `UiScrollableParser`). */
import type { Call } from "../context.ts";
import { activeRoot } from "../screen.ts";
import { syntaxError, type Argument, type MethodCall } from "./parse.ts";
import { Scrollable } from "./scrollable.ts";
import { findSelected, isCalls, selectorFor, selectorOf, within, type UiSelector } from "./selector.ts";

type Kind = "number" | "string" | "boolean" | "selector";
/** A selector is what Java gives as a UiObject. */
type Result = UiSelector | boolean | number;
type Value = UiSelector | string | number | boolean;

interface Method {
  /** The longest list of parameters; the first `required` of them must be there. */
  takes: readonly Kind[];
  required: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- of the kinds that `takes` names
  run: (list: Scrollable, ...given: any[]) => Result | Promise<Result>;
}

const method = (takes: readonly Kind[], run: Method["run"], required = takes.length): Method => ({
  takes,
  required,
  run,
});
/** Setters give the list itself, which is a UiObject too. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
const set = (takes: readonly Kind[], change: (list: Scrollable, value: any) => void): Method =>
  method(takes, (list, value) => {
    change(list, value);
    return list.container;
  });

const methods: Record<string, Method> = {
  setAsVerticalList: set([], (list) => (list.vertical = true)),
  setAsHorizontalList: set([], (list) => (list.vertical = false)),
  setMaxSearchSwipes: set(["number"], (list, swipes: number) => (list.maxSwipes = swipes)),
  setSwipeDeadZonePercentage: set(["number"], (list, share: number) => (list.deadZone = share)),
  getMaxSearchSwipes: method([], (list) => list.maxSwipes),
  getSwipeDeadZonePercentage: method([], (list) => list.deadZone),
  scrollIntoView: method(["selector"], (list, wanted) => list.scrollIntoView(wanted)),
  scrollTextIntoView: method(["string"], (list, text) => list.scrollIntoView(selectorFor("text", text))),
  scrollDescriptionIntoView: method(["string"], (list, text) =>
    list.scrollIntoView(selectorFor("description", text)),
  ),
  scrollForward: method(["number"], (list, steps) => list.forward(steps), 0),
  scrollBackward: method(["number"], (list, steps) => list.backward(steps), 0),
  flingForward: method([], (list) => list.flingForward()),
  flingBackward: method([], (list) => list.flingBackward()),
  scrollToEnd: method(["number", "number"], (list, swipes, steps) => list.toEnd(swipes, steps), 1),
  scrollToBeginning: method(
    ["number", "number"],
    (list, swipes, steps) => list.toBeginning(swipes, steps),
    1,
  ),
  flingToEnd: method(["number"], (list, swipes) => list.flingToEnd(swipes)),
  flingToBeginning: method(["number"], (list, swipes) => list.flingToBeginning(swipes)),
  getChildByText: method(
    ["selector", "string", "boolean"],
    (list, pattern, text, scroll = true) => list.childWith(pattern, selectorFor("text", text), scroll),
    2,
  ),
  getChildByDescription: method(
    ["selector", "string", "boolean"],
    (list, pattern, text, scroll = true) => list.childWith(pattern, selectorFor("description", text), scroll),
    2,
  ),
  getChildByInstance: method(["selector", "number"], (list, pattern, instance) =>
    within(list.container, { ...pattern, instance }),
  ),
};

/** What scrolls something into view is not carried out where it is in view already. */
const intoView = new Set(["scrollIntoView", "scrollTextIntoView", "scrollDescriptionIntoView"]);

/**
 * Gives the selector of the element that is meant: the UiObject that the last method gave, else what was to be
 * scrolled into view, else the list. So with a setter before `scrollIntoView` it is the list, where it has
 * scrolled: the real server's way.
 */
export async function runScrollable(
  call: Call,
  container: readonly MethodCall[],
  calls: readonly MethodCall[],
  expression: string,
): Promise<UiSelector> {
  const list = new Scrollable(call, selectorOf(container, expression));
  let last: UiSelector | undefined;
  let asked: UiSelector | undefined;
  for (const { name, arguments: given } of calls) {
    const found = methods[name];
    if (found === undefined) throw syntaxError(expression, `UiScrollable has no \`${name}\` method`);
    const values = valuesOf(found, name, given, expression);
    asked = askedFor(name, values) ?? asked;
    const root = activeRoot(call);
    if (intoView.has(name) && asked && root && findSelected(asked, root)) {
      last = asked;
      continue;
    }
    const result = await found.run(list, ...values);
    if (typeof result === "object") last = result;
  }
  return last ?? asked ?? list.container;
}

function askedFor(name: string, [first]: readonly Value[]): UiSelector | undefined {
  if (typeof first === "object") return first;
  if (name === "scrollTextIntoView") return selectorFor("text", String(first));
  return name === "scrollDescriptionIntoView" ? selectorFor("description", String(first)) : undefined;
}

function valuesOf(
  { takes, required }: Method,
  name: string,
  given: readonly Argument[],
  expression: string,
): Value[] {
  const fits = given.length >= required && given.length <= takes.length;
  if (!fits || !given.every((argument, at) => kindOf(argument) === takes[at]))
    throw syntaxError(expression, `\`UiScrollable\` doesn't have suitable method \`${name}\``);
  return given.map((argument) => (isCalls(argument) ? selectorOf(argument, expression) : argument));
}

function kindOf(argument: Argument): Kind {
  return isCalls(argument) ? "selector" : (typeof argument as Kind);
}
