import type { Action } from "../../action/index.ts";
import { type Element, holds, type Screen } from "../../screen/index.ts";
import { type AfterRule, describe, type Outcome, targetElement } from "./rule.ts";

/**
 * The text that was put into a field stands in that field. A field that is gone, because the screen moved on, is no
 * fault, nor is one that writes the text in its own way.
 */
export const textInField: AfterRule = {
  name: "text-in-field",
  fault({ action, before, after }) {
    if (action.type !== "inputText") return undefined;
    const meant = fieldOf(action, before);
    const field = meant && sameField(meant, { before, after });
    if (meant === undefined || field === undefined) return undefined;
    if (shows(field, action.text, meant.text)) return undefined;
    const instead = field.password ? "another number of characters" : quoted(field.text);
    return `${quoted(action.text)} was put into element ${describe(meant)}, but the field shows ${instead}`;
  },
};

type TextAction = Extract<Action, { type: "inputText" }>;

function fieldOf(action: TextAction, screen: Screen): Element | undefined {
  const field =
    action.target === undefined
      ? screen.elements.find(({ focused, editable }) => focused && editable)
      : targetElement(action, screen);
  return field?.editable === true ? field : undefined;
}

/** The same field on the next screen: by its id, or else the only one, or the one at the same place. */
function sameField(
  field: Element,
  { before, after }: Pick<Outcome, "before" | "after">,
): Element | undefined {
  if (before.package !== after.package || before.activity !== after.activity) return undefined;
  const rivals = likeIt(field, before.elements);
  const found = likeIt(field, after.elements);
  return found.length === rivals.length ? found[rivals.indexOf(field)] : undefined;
}

/** Rows of a form may share an id: then their order tells them apart. */
function likeIt(field: Element, elements: readonly Element[]): Element[] {
  return elements.filter(
    ({ editable, resourceId, className, password }) =>
      editable &&
      resourceId === field.resourceId &&
      className === field.className &&
      password === field.password,
  );
}

function shows(field: Element, text: string, old: string): boolean {
  if (holds(field, text)) return true;
  // Some fields hide how long a password is. A line that was sent off leaves its field empty.
  if (field.text === "" && (field.password || /\n\s*$/u.test(text))) return true;
  if (field.password) return false;
  const [shown, wanted, stood] = [bare(field.text), bare(text), bare(old)];
  // Signs that are no letters, and zeros behind a point, are how a field writes an amount or a time.
  if (wanted === "" || shown === wanted || sameNumber(field.text, text)) return true;
  // What a field adds of its own, such as an ending or a currency, is its affair; what stood there before is not.
  const leftOver = stood !== "" && (shown === stood + wanted || shown === wanted + stood);
  return shown.includes(wanted) && !leftOver;
}

/** Letters and digits alone, whatever their case and width. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

function sameNumber(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) =>
    /\d/u.test(text) && !/\p{L}/u.test(text) ? Number(text.replaceAll(/[^\d.-]/gu, "")) : Number.NaN,
  );
  return first === second;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
