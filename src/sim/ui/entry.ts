/** Keys of a keyboard, on the screen or not, as the field that has the focus takes them. */
import { KEY } from "./keycodes.ts";
import type { KeyAction } from "./keyboard.ts";
import { focusOn, type Stage } from "./stage.ts";
import type { ScreenState } from "./state.ts";
import { backspace, editKey, insert, neighbour } from "./typing.ts";
import type { TextFieldView } from "./view.ts";
import type { WindowHost } from "./windows.ts";

/** Where text goes, and what remembers it. */
export interface Entry {
  host: WindowHost;
  state: ScreenState;
  stage: Stage;
  field: TextFieldView;
}

/** EditorInfo.IME_ACTION_NEXT and IME_ACTION_PREVIOUS. */
const ACTION_NEXT = 5;
const ACTION_PREVIOUS = 7;

const enterKeys = new Set<number>([KEY.ENTER, KEY.NUMPAD_ENTER, KEY.SEARCH]);

function move({ state, stage, field }: Entry, step: -1 | 1): boolean {
  const next = neighbour(stage, field, step);
  if (next) focusOn(state, stage.key, next);
  return next !== undefined;
}

/** Enter: a new line, the field's action, the next field, or the end of typing. */
function enter(entry: Entry): void {
  const { stage, state, field } = entry;
  if (field.multiline) insert(stage, field, "\n");
  else if (field.onSubmit) field.onSubmit();
  else if (!move(entry, 1)) delete state.keyboard;
}

/** The field's own action, or as TextView.onEditorAction: another field, or the end of typing. */
export function editorAction(entry: Entry, action: number): void {
  const { state, field } = entry;
  if (field.onSubmit) field.onSubmit();
  else if (action === ACTION_NEXT || action === ACTION_PREVIOUS) move(entry, action === ACTION_NEXT ? 1 : -1);
  else delete state.keyboard;
}

/** A key of the keyboard on the screen. */
export function screenKey(entry: Entry, action: KeyAction): void {
  const { state, stage, field } = entry;
  const { keyboard } = state;
  if (action.type === "page") {
    if (keyboard) keyboard.page = action.page;
  } else if (action.type === "enter") enter(entry);
  else if (action.type === "backspace") backspace(stage, field);
  else {
    insert(stage, field, action.text);
    // Shift holds for one letter.
    if (keyboard?.page === "shift") keyboard.page = "letters";
  }
  state.reveal = true;
}

/** A key by its Android code, with those that are held. */
export function hardKey(entry: Entry, code: number, held: readonly number[]): void {
  const { host, state, stage, field } = entry;
  state.reveal = true;
  const shift = held.includes(KEY.SHIFT_LEFT) || held.includes(KEY.SHIFT_RIGHT);
  if (enterKeys.has(code)) enter(entry);
  // As on Android, the centre key brings back the keyboard.
  else if (code === KEY.DPAD_CENTER) focusOn(state, stage.key, field);
  // As TextView.shouldAdvanceFocusOnTab.
  else if (code === KEY.TAB && field.multiline) insert(stage, field, "\t");
  else if (code === KEY.TAB) move(entry, shift ? -1 : 1);
  else if (editKey(stage, field, code, held, host.clipboard)) return;
  else if (code === KEY.DPAD_UP || code === KEY.DPAD_DOWN) move(entry, code === KEY.DPAD_UP ? -1 : 1);
}
