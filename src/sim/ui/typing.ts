/** What keys and input methods do to the focused text field. */
import {
  accepted,
  clamp,
  erase,
  fitting,
  moveBy,
  moveInLine,
  moveTo,
  replaceSelection,
  selectAll,
  selection,
  type Editing,
} from "./edit.ts";
import { KEY, characterOf } from "./keycodes.ts";
import { everyBox } from "./layout.ts";
import type { Stage } from "./stage.ts";
import type { TextFieldView } from "./view.ts";
import type { WindowHost } from "./windows.ts";

type Clipboard = WindowHost["clipboard"];

function editingOf(stage: Stage, field: TextFieldView): Editing {
  const at = field.value.length;
  return clamp({
    value: field.value,
    cursor: stage.window.focus?.cursor ?? at,
    anchor: stage.window.focus?.anchor ?? at,
  });
}

/** Hands the new text to the app, which owns it. */
function store(stage: Stage, field: TextFieldView, next: Editing): void {
  stage.window.focus = { id: field.id, cursor: next.cursor, anchor: next.anchor };
  if (next.value !== field.value) field.onChange(next.value);
}

export function insert(stage: Stage, field: TextFieldView, text: string): void {
  const editing = editingOf(stage, field);
  const taken = fitting(field, accepted(field, text), editing);
  if (taken !== "") store(stage, field, replaceSelection(editing, taken));
}

export function backspace(stage: Stage, field: TextFieldView): void {
  store(stage, field, erase(editingOf(stage, field), -1));
}

/** A long press selects a word: the last one, as a tap puts the cursor at the end. */
export function selectWord(stage: Stage, field: TextFieldView): void {
  const { value } = field;
  const end = value.trimEnd().length;
  const start = value.slice(0, end).search(/\S+$/);
  stage.window.focus = { id: field.id, anchor: Math.max(0, start), cursor: end };
}

/** The field after (1) or before (-1) this one, in the order of the tree. */
export function neighbour(stage: Stage, field: TextFieldView, step: -1 | 1): TextFieldView | undefined {
  const fields: TextFieldView[] = [];
  for (const { view } of everyBox(stage.active)) {
    if (view.kind === "textField" && view.enabled !== false) fields.push(view);
  }
  return fields[fields.indexOf(field) + step];
}

function copy(stage: Stage, field: TextFieldView, clipboard: Clipboard): Editing | undefined {
  const editing = editingOf(stage, field);
  const { text } = selection(editing);
  // Android does not let passwords out.
  if (text === "" || field.password) return undefined;
  clipboard.set(text);
  return editing;
}

function cut(stage: Stage, field: TextFieldView, clipboard: Clipboard): void {
  const editing = copy(stage, field, clipboard);
  if (editing) store(stage, field, replaceSelection(editing, ""));
}

function isHeld(held: readonly number[], left: number, right: number): boolean {
  return held.includes(left) || held.includes(right);
}

function shortcut(stage: Stage, field: TextFieldView, code: number, clipboard: Clipboard): void {
  if (code === KEY.A) store(stage, field, selectAll(editingOf(stage, field)));
  else if (code === KEY.C) copy(stage, field, clipboard);
  else if (code === KEY.V) insert(stage, field, clipboard.get());
  else if (code === KEY.X) cut(stage, field, clipboard);
}

/** Arrow up and down within several lines: to the same column of the line above or below. */
function moveLine(editing: Editing, step: -1 | 1, select: boolean): Editing {
  const start = moveInLine(editing, -1).cursor;
  const column = editing.cursor - start;
  if (step === -1) {
    if (start === 0) return moveTo(editing, 0, select);
    const above = moveInLine(moveTo(editing, start - 1), -1).cursor;
    return moveTo(editing, Math.min(above + column, start - 1), select);
  }
  const end = moveInLine(editing, 1).cursor;
  if (end === editing.value.length) return moveTo(editing, end, select);
  const below = moveInLine(moveTo(editing, end + 1), 1).cursor;
  return moveTo(editing, Math.min(end + 1 + column, below), select);
}

/** A key that edits. Returns false for one that does nothing to a text. */
export function editKey(
  stage: Stage,
  field: TextFieldView,
  code: number,
  held: readonly number[],
  clipboard: Clipboard,
): boolean {
  const select = isHeld(held, KEY.SHIFT_LEFT, KEY.SHIFT_RIGHT);
  const editing = editingOf(stage, field);
  const to = (next: Editing): true => {
    store(stage, field, next);
    return true;
  };
  if (isHeld(held, KEY.CTRL_LEFT, KEY.CTRL_RIGHT)) {
    shortcut(stage, field, code, clipboard);
    return true;
  }
  switch (code) {
    case KEY.DEL:
      return to(erase(editing, -1));
    case KEY.FORWARD_DEL:
      return to(erase(editing, 1));
    case KEY.DPAD_LEFT:
      return to(moveBy(editing, -1, select));
    case KEY.DPAD_RIGHT:
      return to(moveBy(editing, 1, select));
    case KEY.DPAD_UP:
      return field.multiline === true && to(moveLine(editing, -1, select));
    case KEY.DPAD_DOWN:
      return field.multiline === true && to(moveLine(editing, 1, select));
    case KEY.MOVE_HOME:
      return to(moveInLine(editing, -1, select));
    case KEY.MOVE_END:
      return to(moveInLine(editing, 1, select));
    case KEY.COPY:
      copy(stage, field, clipboard);
      return true;
    case KEY.CUT:
      cut(stage, field, clipboard);
      return true;
    case KEY.PASTE:
      insert(stage, field, clipboard.get());
      return true;
    default: {
      const character = characterOf(code, held);
      if (character === undefined) return false;
      insert(stage, field, character);
      return true;
    }
  }
}
