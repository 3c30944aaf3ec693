import type { Target } from "../../action/index.ts";
import type { Bounds, Element, Screen } from "../../screen/index.ts";
import { quoted } from "./field-text.ts";

/** Where a text is to go, by the screen that the agent saw. */
export interface MeantField {
  /** The field that was tapped for it; absent where nothing was, or what brings up a field of its own. */
  field?: Element;
  /** The field that had the focus before the tap. */
  before?: Element;
}

export function meantField(target: Target | undefined, { elements }: Screen): MeantField {
  if (target === undefined) return {};
  const at =
    target.kind === "element"
      ? elements[target.index]
      : elements.findLast(({ editable, bounds }) => editable && covers(bounds, target.x, target.y));
  // What is tapped may also be a bar that brings up a field of its own.
  if (at?.editable !== true) return {};
  const before = elements.find(({ focused, editable }) => focused && editable);
  // One within the other is one field for whoever looks at it.
  return before === undefined || overlap(before.bounds, at.bounds) ? { field: at } : { field: at, before };
}

function covers({ left, top, right, bottom }: Bounds, x: number, y: number): boolean {
  return left <= x && x < right && top <= y && y < bottom;
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What both drivers tell of the field that has the focus. */
export type Focused = Pick<Element, "className" | "resourceId" | "bounds">;

/** Whether the focus has not come to the field that was tapped, but is where it was before. */
export function isStill(before: Element | undefined, focused: Focused): boolean {
  if (before === undefined || before.className !== focused.className) return false;
  if (before.resourceId !== focused.resourceId) return false;
  const { left, top, right, bottom } = before.bounds;
  const now = focused.bounds;
  return left === now.left && top === now.top && right === now.right && bottom === now.bottom;
}

/** The refusal that keeps a text out of a field that is not its own. */
export function focusStayed(before: Element): string {
  const name = before.text || before.hint || before.label || before.resourceId;
  const which = before.password || name === "" ? "" : `, ${quoted(name)}`;
  return `the field that was tapped did not get the focus: another one${which}, still has it`;
}
