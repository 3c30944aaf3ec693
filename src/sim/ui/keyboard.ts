/** The on-screen keyboard: which keys it has, and where they are. */
import type { Display } from "./display.ts";
import { contains, px, rect, type Rect } from "./metrics.ts";
import type { IconName, TextFieldView } from "./view.ts";

export type KeyboardPage = "letters" | "shift" | "symbols" | "moreSymbols" | "numbers";

export type KeyAction =
  | { type: "text"; text: string }
  | { type: "page"; page: KeyboardPage }
  | { type: "backspace" }
  | { type: "enter" };

export interface KeyboardKey {
  label: string;
  icon?: IconName;
  action: KeyAction;
  /** Share of the row, in tenths of its width. */
  span: number;
  look: "key" | "special" | "action";
}

export interface PlacedKey extends KeyboardKey {
  rect: Rect;
}

const ROW_HEIGHT = px(54);
const TOP_PADDING = px(10);
const HEIGHT = 4 * ROW_HEIGHT + TOP_PADDING + px(8);

/** The keyboard's window: as wide as there is room between the bars, at their lower edge. */
export function keyboardRect({ content }: Display): Rect {
  return { ...content, top: content.bottom - HEIGHT };
}

function char(text: string): KeyboardKey {
  return { label: text, action: { type: "text", text }, span: 1, look: "key" };
}

function chars(text: string): KeyboardKey[] {
  return Array.from(text, char);
}

function page(label: string, to: KeyboardPage, span = 1.5): KeyboardKey {
  return { label, action: { type: "page", page: to }, span, look: "special" };
}

function shift(on: boolean): KeyboardKey {
  return { ...page("", on ? "letters" : "shift"), icon: "shift", look: on ? "action" : "special" };
}

const space: KeyboardKey = { label: "", action: { type: "text", text: " " }, span: 4, look: "key" };

function backspace(span = 1.5): KeyboardKey {
  return { label: "", icon: "backspace", action: { type: "backspace" }, span, look: "special" };
}

/** The key in the lower right corner shows what it does: a new line, a search, or the next field. */
function enter(field: TextFieldView, span = 1.5): KeyboardKey {
  const submit: IconName = field.id.toLowerCase().includes("search") ? "search" : "check";
  const icon = field.multiline ? "enter" : field.onSubmit ? submit : "chevron-right";
  return { label: "", icon, action: { type: "enter" }, span, look: "action" };
}

function letterRows(field: TextFieldView, upper: boolean): KeyboardKey[][] {
  const row = (text: string): KeyboardKey[] => chars(upper ? text.toUpperCase() : text);
  return [
    row("qwertyuiop"),
    row("asdfghjkl"),
    [shift(upper), ...row("zxcvbnm"), backspace()],
    [
      page("?123", "symbols"),
      char(field.inputType === "email" ? "@" : ","),
      space,
      char("."),
      enter(field, 2.5),
    ],
  ];
}

const pages: Record<KeyboardPage, (field: TextFieldView) => KeyboardKey[][]> = {
  letters: (field) => letterRows(field, false),
  shift: (field) => letterRows(field, true),
  symbols: (field) => [
    chars("1234567890"),
    chars("@#$_&-+()/"),
    [page("=\\<", "moreSymbols"), ...chars("*\"':;!?"), backspace()],
    [page("ABC", "letters"), char(","), space, char("."), enter(field, 2.5)],
  ],
  moreSymbols: (field) => [
    chars("~`|•√π÷×§∆"),
    chars("£¢€¥^°={}\\"),
    [page("?123", "symbols"), ...chars("%©®™<>["), backspace()],
    [page("ABC", "letters"), char("]"), space, char("."), enter(field, 2.5)],
  ],
  numbers: (field) => {
    const digits = (text: string, last: KeyboardKey): KeyboardKey[] => [
      ...chars(text).map((key) => ({ ...key, span: 2.5 })),
      last,
    ];
    return [
      digits("123", { ...char("-"), span: 2.5, look: "special" }),
      digits("456", { ...char(field.inputType === "phone" ? "+" : ","), span: 2.5, look: "special" }),
      digits("789", backspace(2.5)),
      digits(field.inputType === "phone" ? "*0#" : " 0.", enter(field, 2.5)),
    ];
  },
};

export function firstPage(field: TextFieldView): KeyboardPage {
  return field.inputType === "number" || field.inputType === "phone" ? "numbers" : "letters";
}

/** Every key of a page with its place. Rows narrower than the keyboard are centred. */
export function placeKeys(field: TextFieldView, on: KeyboardPage, display: Display): PlacedKey[] {
  const keyboard = keyboardRect(display);
  const width = keyboard.right - keyboard.left;
  const unit = width / 10;
  return pages[on](field).flatMap((row, line) => {
    const spans = row.reduce((sum, key) => sum + key.span, 0);
    let left = keyboard.left + (width - spans * unit) / 2;
    return row.map((key) => {
      const place = rect(left, keyboard.top + TOP_PADDING + line * ROW_HEIGHT, key.span * unit, ROW_HEIGHT);
      left = place.right;
      return { ...key, rect: place };
    });
  });
}

export function keyAt(keys: readonly PlacedKey[], x: number, y: number): PlacedKey | undefined {
  return keys.find((key) => contains(key.rect, x, y));
}
