/** Editing of a text field's value. Positions are UTF-16 code units, but no character is ever cut in two. */
import type { TextFieldView } from "./view.ts";

/** A field's text with its cursor; what lies between `anchor` and `cursor` is selected. */
export interface Editing {
  value: string;
  cursor: number;
  anchor: number;
}

/** Brings positions back into a value that the app may have changed. */
export function clamp({ value, cursor, anchor }: Editing): Editing {
  const within = (at: number): number => Math.min(Math.max(0, at), value.length);
  return { value, cursor: within(cursor), anchor: within(anchor) };
}

export function selection({ value, cursor, anchor }: Editing): { from: number; to: number; text: string } {
  const from = Math.min(cursor, anchor);
  const to = Math.max(cursor, anchor);
  return { from, to, text: value.slice(from, to) };
}

/** The position one character to the left or right. */
function beside(value: string, at: number, step: -1 | 1): number {
  if (step === -1) return at - (Array.from(value.slice(Math.max(0, at - 2), at)).pop()?.length ?? 0);
  return at + (Array.from(value.slice(at, at + 2))[0]?.length ?? 0);
}

/** Puts text in place of the selection. */
export function replaceSelection(editing: Editing, text: string): Editing {
  const { from, to } = selection(editing);
  const cursor = from + text.length;
  return { value: editing.value.slice(0, from) + text + editing.value.slice(to), cursor, anchor: cursor };
}

/** The delete keys: the selection, or the character before (-1) or after (1) the cursor. */
export function erase(editing: Editing, step: -1 | 1): Editing {
  if (editing.cursor !== editing.anchor) return replaceSelection(editing, "");
  return replaceSelection({ ...editing, anchor: beside(editing.value, editing.cursor, step) }, "");
}

export function moveTo(editing: Editing, cursor: number, select = false): Editing {
  return { ...editing, cursor, anchor: select ? editing.anchor : cursor };
}

/** The arrow keys: a selection collapses to its end on that side. */
export function moveBy(editing: Editing, step: -1 | 1, select = false): Editing {
  if (!select && editing.cursor !== editing.anchor) {
    const { from, to } = selection(editing);
    return moveTo(editing, step === -1 ? from : to);
  }
  return moveTo(editing, beside(editing.value, editing.cursor, step), select);
}

/** To the start (-1) or the end (1) of the line that the cursor is in. */
export function moveInLine(editing: Editing, step: -1 | 1, select = false): Editing {
  const { value, cursor } = editing;
  // `lastIndexOf` takes a negative position for 0.
  if (step === -1) return moveTo(editing, cursor === 0 ? 0 : value.lastIndexOf("\n", cursor - 1) + 1, select);
  const end = value.indexOf("\n", cursor);
  return moveTo(editing, end === -1 ? value.length : end, select);
}

export function selectAll({ value }: Editing): Editing {
  return { value, anchor: 0, cursor: value.length };
}

/** What a field takes of a text, as Android's input filters do. */
export function accepted(field: TextFieldView, text: string): string {
  const flat = field.multiline ? text.replaceAll("\r\n", "\n") : text.replaceAll(/[\r\n]+/g, " ");
  if (field.inputType === "number") return flat.replaceAll(/[^0-9.,-]/g, "");
  if (field.inputType === "phone") return flat.replaceAll(/[^0-9+*#,;.()/ N-]/g, "");
  return flat;
}

/** As much of a text as a field with a greatest length has room for; a surrogate pair is not split. */
export function fitting(field: TextFieldView, text: string, editing: Editing): string {
  if (field.maxLength === undefined) return text;
  const { from, to } = selection(editing);
  const room = Math.max(0, field.maxLength - (editing.value.length - (to - from)));
  if (text.length <= room) return text;
  const cut = text.slice(0, room);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
