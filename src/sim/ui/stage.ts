/** What is on the screen at one moment: the activity and its overlay, laid out, with focus and keyboard settled. */
import { showsKeys } from "../system/input-methods.ts";
import { everyBox, layOut, pathTo, type Box, type Room } from "./layout.ts";
import { firstPage, keyboardRect, placeKeys, type PlacedKey } from "./keyboard.ts";
import { displayOf, type Display } from "./display.ts";
import { px, rect, type Rect } from "./metrics.ts";
import { caretRect } from "./field.ts";
import { notRespondingDialog } from "./not-responding.ts";
import { shadeWindows } from "./shade-windows.ts";
import { textMenuOf, type TextMenu } from "./text-menu.ts";
import { windowKey, windowState, type ScreenState, type WindowLayer, type WindowState } from "./state.ts";
import type { TextFieldView, View, WindowContent } from "./view.ts";
import type { ForegroundActivity, WindowHost } from "./windows.ts";

export interface Overlay {
  box: Box;
  look: Look;
  onDismiss?: () => void;
  /** Of a window that the system shows over the app. */
  system?: SystemWindow;
}

/** A window that is not the app's: Android's own dialog, or one of System UI's. */
export interface SystemWindow {
  layer: "system" | "shade" | "shadeDialog";
  package: string;
  title: string;
}

export interface Stage {
  display: Display;
  activity: ForegroundActivity;
  content: WindowContent;
  /** The activity's own window, between the bars. */
  base: Box;
  /** Windows over it, the topmost last: one of the app's own, one of the system's. */
  overlays: Overlay[];
  /** Root of the window that has the focus. */
  active: Box;
  key: string;
  window: WindowState;
  focusedField?: TextFieldView;
  /** The floating bar over a field that was pressed long. */
  textMenu?: TextMenu;
  /** A field has asked for the keyboard, whether or not the input method shows one. */
  asksForKeys: boolean;
  /** Where it is shown. */
  keyboard?: { keys: PlacedKey[]; rect: Rect };
}

function fieldsOf(view: View): TextFieldView[] {
  if (view.kind === "textField") return [view];
  return view.kind === "box" || view.kind === "scroll" ? view.children.flatMap(fieldsOf) : [];
}

export function focusOn(state: ScreenState, key: string, field: TextFieldView): void {
  windowState(state, key).focus = { id: field.id, cursor: field.value.length, anchor: field.value.length };
  state.reveal = true;
  state.keyboard = { window: key, page: firstPage(field) };
}

/** Gives the focus to the field that asks for it, and takes it from one that is gone. */
function settleFocus(state: ScreenState, key: string, fields: TextFieldView[]): TextFieldView | undefined {
  const window = windowState(state, key);
  const auto = fields.find((field) => field.autoFocus);
  const isNew = auto?.id !== window.autoFocused;
  if (auto) window.autoFocused = auto.id;
  else delete window.autoFocused;
  const wanted = fields.find((field) => field.id === state.pendingFocus) ?? (isNew ? auto : undefined);
  delete state.pendingFocus;
  if (wanted) focusOn(state, key, wanted);
  const focused = fields.find((field) => field.id === window.focus?.id && field.enabled !== false);
  if (!focused) delete window.focus;
  if (!focused || state.keyboard?.window !== key) delete state.keyboard;
  return focused;
}

/** A shade is the whole screen, with its own views in their places. */
type Look = "dialog" | "menu" | "sheet" | "shade";

/** The most room an overlay may take of the area it lies in. */
function overlayRoom(look: Exclude<Look, "shade">, area: Rect): Room {
  const { left, top } = area;
  const width = area.right - left;
  const height = area.bottom - top;
  if (look === "menu")
    return { left, top: top + px(8), minWidth: px(200), maxWidth: px(300), maxHeight: height - px(16) };
  if (look === "sheet") return { left, top, width, maxHeight: Math.round(height * 0.9) };
  return { left: left + px(28), top, width: width - 2 * px(28), maxHeight: height - 2 * px(20) };
}

/** A shade reaches under the bars. */
function layOutShade(view: View, { width, height }: Display, offsetOf: (id: string) => number): Box {
  return layOut(view, { left: 0, top: 0, width, height }, rect(0, 0, width, height), offsetOf);
}

/** Lays an overlay out to learn its size, then once more where it belongs. */
function layOutOverlay(
  view: View,
  look: Exclude<Look, "shade">,
  area: Rect,
  offsetOf: (id: string) => number,
): Box {
  const room = overlayRoom(look, area);
  const size = layOut(view, room, area, offsetOf).rect;
  const width = size.right - size.left;
  const height = size.bottom - size.top;
  if (look === "menu") room.left = area.right - px(8) - width;
  if (look === "sheet") room.top = area.bottom - height;
  if (look === "dialog") room.top = Math.round((area.top + area.bottom - height) / 2);
  return layOut(view, room, rect(room.left, room.top, width, height), offsetOf);
}

interface Front {
  activity: ForegroundActivity;
  content: WindowContent;
}

/** What is in front. An app that crashes over its screen is gone, and what was behind it is in front. */
function frontOf(host: WindowHost): Front {
  for (;;) {
    const activity = host.foreground();
    const content = activity.content();
    if (content) return { activity, content };
  }
}

interface Shown {
  layer: WindowLayer;
  shown: { view: View; look: Look; onDismiss?: () => void };
  system?: SystemWindow;
}

/** The windows over the activity, bottom first, each as it is to be laid out. */
function overlaysOf(host: WindowHost, state: ScreenState, { activity, content }: Front): Shown[] {
  const all: Shown[] = content.overlay ? [{ layer: "overlay", shown: content.overlay }] : [];
  if (state.notResponding?.activity === activity.id)
    all.push({ layer: "system", ...notRespondingDialog(host, state, activity) });
  return [...all, ...shadeWindows(host, state)];
}

const layers: readonly WindowLayer[] = ["overlay", "system", "shade", "shadeDialog"];

/** Lays out what the foreground activity shows. */
function compose(host: WindowHost, state: ScreenState): Stage {
  const front = frontOf(host);
  const { activity, content } = front;
  const shown = overlaysOf(host, state, front);
  const top = shown.at(-1);
  for (const layer of layers) {
    if (!shown.some((one) => one.layer === layer)) delete state.windows[windowKey(activity.id, layer)];
  }
  const key = windowKey(activity.id, top?.layer);
  const window = windowState(state, key);
  const focusedField = settleFocus(state, key, fieldsOf(top?.shown.view ?? content.root));

  const display = displayOf(host.settings);
  const keyboard = keyboardRect(display);
  const keys = showsKeys(host.settings) ? state.keyboard : undefined;
  const above: Rect = keys ? { ...display.content, bottom: keyboard.top } : display.content;
  const frame = top ? display.content : above;
  const room: Room = {
    left: frame.left,
    top: frame.top,
    width: frame.right - frame.left,
    height: frame.bottom - frame.top,
  };
  const offsets = (layer?: WindowLayer): ((id: string) => number) => {
    const { scroll } = windowState(state, windowKey(activity.id, layer));
    return (id) => scroll[id] ?? 0;
  };
  const base = layOut(content.root, room, frame, offsets());
  const overlays = shown.map(({ layer, shown: { view, look, onDismiss }, system }): Overlay => {
    const box =
      look === "shade"
        ? layOutShade(view, display, offsets(layer))
        : layOutOverlay(view, look, above, offsets(layer));
    return { box, look, ...(onDismiss ? { onDismiss } : {}), ...(system ? { system } : {}) };
  });
  const active = overlays.at(-1)?.box ?? base;
  const { textMenu: asked } = state;
  const isAsked = focusedField !== undefined && asked?.window === key && asked.field === focusedField.id;
  const textMenu = isAsked && textMenuOf(active, focusedField, window, host.clipboard.get(), above);
  return {
    display,
    activity,
    content,
    base,
    overlays,
    active,
    key,
    window,
    ...(textMenu ? { textMenu } : {}),
    ...(focusedField ? { focusedField } : {}),
    asksForKeys: state.keyboard !== undefined,
    ...(focusedField && keys
      ? { keyboard: { keys: placeKeys(focusedField, keys.page, display), rect: keyboard } }
      : {}),
  };
}

/** The part of the focused field that has to be seen: all of it, or the line with the cursor where it is higher than its window. */
function wantedRect(box: Box, viewport: Rect, window: WindowState): Rect {
  const fits = box.rect.bottom - box.rect.top <= viewport.bottom - viewport.top;
  return fits || !window.focus ? box.rect : caretRect(box, window.focus);
}

/** Scrolls so that the focused field can be seen. Returns whether that moved anything. */
function revealFocus(stage: Stage): boolean {
  const path = pathTo(stage.active, (box) => box.view === stage.focusedField) ?? [];
  const field = path.at(-1);
  const scroller = path.findLast((box) => box.scroll && !box.scroll.horizontal);
  if (!field || !scroller?.scroll || scroller.view.kind !== "scroll") return false;
  const wanted = wantedRect(field, scroller.rect, stage.window);
  const below = wanted.bottom - scroller.rect.bottom;
  const above = scroller.rect.top - wanted.top;
  const move = below > 0 ? below : above > 0 ? -above : 0;
  const offset = Math.min(Math.max(0, scroller.scroll.offset + move), scroller.scroll.max);
  if (offset === scroller.scroll.offset) return false;
  stage.window.scroll[scroller.view.id] = offset;
  return true;
}

/** Where the content has become shorter, a scroll view stays where its end now is. */
function settleScroll({ active, window }: Stage): void {
  for (const { view, scroll } of everyBox(active)) {
    if (scroll && view.kind === "scroll" && view.id in window.scroll) window.scroll[view.id] = scroll.offset;
  }
}

/** Makes the stage anew. Settles focus, keyboard and scroll positions in `state`. */
export function setStage(host: WindowHost, state: ScreenState): Stage {
  const stage = compose(host, state);
  settleScroll(stage);
  const moved = state.reveal === true && revealFocus(stage);
  delete state.reveal;
  return moved ? compose(host, state) : stage;
}

/** The last box, in drawing order, that holds the point and for which `takes` holds: what a finger meets. */
export function boxAt(box: Box, x: number, y: number, takes: (view: View) => boolean): Box | undefined {
  for (const child of box.children.toReversed()) {
    const found = boxAt(child, x, y, takes);
    if (found) return found;
  }
  const { visible } = box;
  const inside = x >= visible.left && x < visible.right && y >= visible.top && y < visible.bottom;
  return inside && takes(box.view) ? box : undefined;
}
