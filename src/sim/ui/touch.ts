/** What fingers do on the active window. */
import { firstScroller, scrollTo } from "./scrolling.ts";
import { boxAt, type Stage } from "./stage.ts";
import { contains, px } from "./metrics.ts";
import type { Box } from "./layout.ts";
import type { SliderView, TextFieldView, View } from "./view.ts";

/** What a touch did beyond calling handlers. */
export interface TouchResult {
  /** The text field that was touched, which gets the focus. */
  field?: TextFieldView;
  /** A word of it is to be selected. */
  selectWord?: boolean;
  /** Nothing there takes a touch. */
  missed?: boolean;
}

const SLIDER_PADDING = px(16);

export interface Swipe {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  durationMs: number;
}

function takesTap(view: View): boolean {
  if (view.kind === "textField" || view.kind === "slider") return true;
  return Boolean(view.onTap ?? view.onLongPress) || (view.kind === "toggle" && Boolean(view.onToggle));
}

function slideTo(box: Box, view: SliderView, x: number): void {
  const left = box.rect.left + SLIDER_PADDING;
  const share = (x - left) / (box.rect.right - SLIDER_PADDING - left);
  view.onChange(Math.round(view.min + Math.min(Math.max(0, share), 1) * (view.max - view.min)));
}

function tapBox(box: Box, x: number): TouchResult {
  const { view } = box;
  if (view.enabled === false) return {};
  if (view.kind === "slider") slideTo(box, view, x);
  else if (view.kind === "toggle" && view.onToggle) view.onToggle(!view.checked);
  else view.onTap?.();
  return view.kind === "textField" ? { field: view } : {};
}

/** A tap outside a dialog, menu or sheet closes it, if anything can. */
function isOutside(stage: Stage, x: number, y: number): boolean {
  const top = stage.overlays.at(-1);
  return top !== undefined && !contains(top.box.rect, x, y);
}

export function tap(stage: Stage, x: number, y: number): TouchResult {
  if (isOutside(stage, x, y)) {
    stage.overlays.at(-1)?.onDismiss?.();
    return {};
  }
  const box = boxAt(stage.active, x, y, takesTap);
  return box ? tapBox(box, x) : { missed: true };
}

/** On a view without a handler for it, the end of a long press is a tap, as on Android. */
export function longPress(stage: Stage, x: number, y: number): TouchResult {
  if (isOutside(stage, x, y)) return tap(stage, x, y);
  const box = boxAt(stage.active, x, y, takesTap);
  if (!box?.view.onLongPress) return box ? { ...tapBox(box, x), selectWord: true } : {};
  if (box.view.enabled !== false) box.view.onLongPress();
  return {};
}

export function swipe(stage: Stage, gesture: Swipe): void {
  const { x1, y1, x2, y2 } = gesture;
  const horizontal = Math.abs(x2 - x1) > Math.abs(y2 - y1);
  const slider = boxAt(stage.active, x1, y1, (view) => view.kind === "slider");
  if (slider?.view.kind === "slider" && horizontal) {
    if (slider.view.enabled !== false) slideTo(slider, slider.view, x2);
    return;
  }
  const scroller = firstScroller(stage.active, x1, y1, horizontal);
  if (scroller?.scroll && scroller.view.kind === "scroll") {
    const finger = horizontal ? x1 - x2 : y1 - y2;
    const { offset, max } = scroller.scroll;
    const target = Math.min(Math.max(0, offset + finger + fling(finger, gesture.durationMs)), max);
    scrollTo(stage, scroller.view, scroller.scroll, target);
    if (target !== offset) return;
  }
  const direction = horizontal ? (x2 > x1 ? "right" : "left") : y2 > y1 ? "down" : "up";
  boxAt(stage.active, x1, y1, (view) => view.onSwipe !== undefined)?.view.onSwipe?.(direction);
}

/** How far a list glides on after a quick finger: nothing below 1 pixel per millisecond. */
function fling(distance: number, durationMs: number): number {
  const speed = Math.abs(distance) / Math.max(1, durationMs);
  return Math.sign(distance) * Math.min(600, Math.max(0, speed - 1) * 150);
}
