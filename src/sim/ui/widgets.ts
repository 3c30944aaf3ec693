/**
 * The plain widgets. Each makes one view; `components.ts` has those made of several.
 * Options are the fields of the view that the widget does not set itself.
 */
import { theme } from "./theme.ts";
import type {
  BoxView,
  ButtonView,
  IconName,
  IconView,
  ScrollView,
  SliderView,
  Style,
  TextFieldView,
  TextView,
  ToggleView,
  View,
  ViewBase,
} from "./view.ts";

type Options<V extends View, Set extends keyof V> = Omit<V, "kind" | Set>;

/** A child of a list of views; the others are dropped, so that `condition && view` works. */
export type Child = View | false | null | undefined;

export function children(list: readonly Child[]): View[] {
  return list.filter((child): child is View => Boolean(child));
}

/** Views below each other. */
export function column(list: readonly Child[], options: Options<BoxView, "children"> = {}): BoxView {
  return { kind: "box", ...options, children: children(list) };
}

/** Views beside each other, centred vertically. */
export function row(list: readonly Child[], options: ViewBase = {}): BoxView {
  const style: Style = { direction: "row", align: "center", ...options.style };
  return { kind: "box", ...options, style, children: children(list) };
}

export function text(content: string, options: Options<TextView, "text"> = {}): TextView {
  return { kind: "text", text: content, ...options };
}

export function icon(name: IconName, options: Options<IconView, "icon"> = {}): IconView {
  return { kind: "icon", icon: name, color: theme.secondaryText, ...options };
}

export function button(
  label: string,
  onTap: () => void,
  options: Options<ButtonView, "text"> = {},
): ButtonView {
  return { kind: "button", text: label, onTap, ...options };
}

/** An icon that can be tapped, 48 dp wide and high. `desc` is what a screen reader says, if anything. */
export function iconButton(
  name: IconName,
  desc: string | undefined,
  onTap: () => void,
  options: Options<IconView, "icon"> = {},
): IconView {
  return {
    kind: "icon",
    icon: name,
    color: theme.text,
    ...(desc === undefined ? {} : { desc }),
    onTap,
    ...options,
    style: { width: 48, height: 48, ...options.style },
  };
}

export function textField(options: Omit<TextFieldView, "kind">): TextFieldView {
  return { kind: "textField", ...options };
}

export function switchView(options: Omit<ToggleView, "kind" | "look">): ToggleView {
  return { kind: "toggle", look: "switch", ...options };
}

export function checkBox(options: Omit<ToggleView, "kind" | "look">): ToggleView {
  return { kind: "toggle", look: "checkBox", ...options };
}

export function radio(options: Omit<ToggleView, "kind" | "look">): ToggleView {
  return { kind: "toggle", look: "radio", ...options };
}

export function slider(options: Omit<SliderView, "kind">): SliderView {
  return { kind: "slider", ...options };
}

/** A page that scrolls; fills the room its parent has left. */
export function scroll(
  id: string,
  list: readonly Child[],
  options: Options<ScrollView, "id" | "children"> = {},
): ScrollView {
  return { kind: "scroll", id, ...options, children: children(list) };
}

/** Rows that scroll: a RecyclerView. */
export function list(
  id: string,
  rows: readonly Child[],
  options: Options<ScrollView, "id" | "children"> = {},
): ScrollView {
  return { kind: "scroll", id, list: true, ...options, children: children(rows) };
}

/** A hairline. */
export function divider(style: Style = {}): BoxView {
  return { kind: "box", style: { height: 1, background: theme.outline, ...style }, children: [] };
}

/** Empty room: `size` dp each way, or all that is left over. */
export function spacer(size?: number): BoxView {
  return {
    kind: "box",
    style: size === undefined ? { grow: 1 } : { width: size, height: size },
    children: [],
  };
}
