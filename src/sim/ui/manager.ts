/** The window manager: keeps what the screen remembers, and gives touches, keys and text to what they are meant for. */
import type { Json } from "../system/services.ts";
import { drawScreen } from "./draw-screen.ts";
import { writeDump } from "./dump.ts";
import { KEY } from "./keycodes.ts";
import { windowsOf } from "./accessibility.ts";
import { displayOf, sameDisplay, type Rotation } from "./display.ts";
import { keyAt, type KeyAction } from "./keyboard.ts";
import { contains } from "./metrics.ts";
import { blackPixels, encodePng } from "./picture.ts";
import { scrollPage } from "./scrolling.ts";
import { focusOn, setStage, type Stage } from "./stage.ts";
import { freshState, windowKey, type ScreenState } from "./state.ts";
import { barsOf, navigationKeyAt } from "./system-bars.ts";
import * as touch from "./touch.ts";
import { backspace, editKey, insert, neighbour, selectWord } from "./typing.ts";
import type { TextFieldView } from "./view.ts";
import type { AccessibilityWindow, AppWindow, WindowHost, Windows } from "./windows.ts";

/** How long a message stays, in the device's time. */
const TOAST_MS = 2000;
/** A finger that moves less than this does not swipe (ViewConfiguration's touch slop, doubled). */
const SLOP = 42;
const LONG_PRESS_MS = 500;
/** EditorInfo.IME_ACTION_NEXT and IME_ACTION_PREVIOUS. */
const ACTION_NEXT = 5;
const ACTION_PREVIOUS = 7;
/** How long Android waits for an app to take its input. */
const INPUT_TIMEOUT_MS = 5000;

export function createWindows(host: WindowHost): Windows {
  return new WindowManager(host);
}

class WindowManager implements Windows {
  readonly #host: WindowHost;
  #state: ScreenState = freshState();
  #stage: Stage | undefined;
  #dump: string | undefined;
  #png: { key: string; bytes: Promise<Buffer> } | undefined;

  constructor(host: WindowHost) {
    this.#host = host;
  }

  get awake(): boolean {
    return this.#state.awake;
  }

  get keyboardShown(): boolean {
    return this.#current().keyboard !== undefined;
  }

  get idle(): boolean {
    return this.#current().content.animated !== true;
  }

  get width(): number {
    return this.#current().display.width;
  }

  get height(): number {
    return this.#current().display.height;
  }

  get rotation(): Rotation {
    return this.#current().display.rotation;
  }

  /** The stage, made anew if anything has changed. */
  #current(): Stage {
    const known = this.#stage;
    if (
      known &&
      known.activity.id === this.#host.foreground().id &&
      sameDisplay(known.display, displayOf(this.#host.settings))
    )
      return known;
    this.#forget();
    this.#stage = setStage(this.#host, this.#state);
    return this.#stage;
  }

  #forget(): void {
    this.#stage = undefined;
    this.#dump = undefined;
    this.#png = undefined;
  }

  invalidate(): void {
    this.#forget();
  }

  /** Has the app in front act. It is asked anew for its screen afterwards, also where it crashed. */
  #act(handler: () => void): void {
    this.#host.attempt(handler);
    this.#forget();
  }

  tap(x: number, y: number): void {
    this.#act(() => this.#touch(x, y, touch.tap));
  }

  longPress(x: number, y: number): void {
    this.#act(() => this.#touch(x, y, touch.longPress));
  }

  #touch(x: number, y: number, act: (stage: Stage, x: number, y: number) => touch.TouchResult): void {
    if (!this.#state.awake) return;
    const stage = this.#current();
    const { display, keyboard } = stage;
    const navigation = navigationKeyAt(display, x, y);
    if (navigation !== undefined) return this.key(navigation);
    if (!contains(display.content, x, y)) return;
    if (keyboard && contains(keyboard.rect, x, y)) {
      const key = keyAt(keyboard.keys, x, y);
      if (key && stage.focusedField) this.#keyboardKey(key.action, stage, stage.focusedField);
      return;
    }
    const result = act(stage, x, y);
    if (result.field) this.#focus(stage, result.field);
    if (result.field && result.selectWord) selectWord(stage, result.field);
  }

  swipe(x1: number, y1: number, x2: number, y2: number, durationMs: number): void {
    if (Math.hypot(x2 - x1, y2 - y1) < SLOP) {
      if (durationMs >= LONG_PRESS_MS) this.longPress(x1, y1);
      else this.tap(x1, y1);
      return;
    }
    if (!this.#state.awake) return;
    const stage = this.#current();
    const { display, keyboard } = stage;
    if (!contains(display.content, x1, y1) || (keyboard && contains(keyboard.rect, x1, y1))) return;
    this.#act(() => touch.swipe(stage, { x1, y1, x2, y2, durationMs }));
  }

  #focus(stage: Stage, field: TextFieldView): void {
    focusOn(this.#host, this.#state, stage.key, field);
    this.#forget();
  }

  #keyboardKey(action: KeyAction, stage: Stage, field: TextFieldView): void {
    const { keyboard } = this.#state;
    if (action.type === "page") {
      if (keyboard) keyboard.page = action.page;
    } else if (action.type === "enter") this.#enter(stage, field);
    else if (action.type === "backspace") backspace(stage, field);
    else {
      insert(stage, field, action.text);
      // Shift holds for one letter.
      if (keyboard?.page === "shift") keyboard.page = "letters";
    }
    this.#state.reveal = true;
  }

  /** Enter: a new line, the field's action, the next field, or the end of typing. */
  #enter(stage: Stage, field: TextFieldView): void {
    if (field.multiline) return insert(stage, field, "\n");
    if (field.onSubmit) return field.onSubmit();
    const next = neighbour(stage, field, 1);
    if (next) this.#focus(stage, next);
    else delete this.#state.keyboard;
  }

  key(code: number, held: readonly number[] = []): void {
    if (code === KEY.POWER || code === KEY.WAKEUP || code === KEY.SLEEP) {
      this.#state.awake = code === KEY.POWER ? !this.#state.awake : code === KEY.WAKEUP;
    } else if (!this.#state.awake) return;
    else if (code === KEY.BACK || code === KEY.ESCAPE) this.#act(() => this.#back());
    else if (code === KEY.HOME) this.#host.home();
    else if (code === KEY.APP_SWITCH) this.#host.recents();
    else this.#act(() => this.#windowKey(code, held));
    this.#forget();
  }

  #back(): void {
    const { overlays, keyboard } = this.#current();
    const top = overlays.at(-1);
    if (keyboard) delete this.#state.keyboard;
    else if (top) top.onDismiss?.();
    else this.#host.back();
  }

  #windowKey(code: number, held: readonly number[]): void {
    const stage = this.#current();
    const field = stage.focusedField;
    if (code === KEY.PAGE_UP || code === KEY.PAGE_DOWN)
      return scrollPage(stage, code === KEY.PAGE_UP ? -1 : 1);
    if (!field) return;
    this.#state.reveal = true;
    const enter: number[] = [KEY.ENTER, KEY.NUMPAD_ENTER, KEY.SEARCH];
    const shift = held.includes(KEY.SHIFT_LEFT) || held.includes(KEY.SHIFT_RIGHT);
    if (enter.includes(code)) return this.#enter(stage, field);
    // As on Android, the centre key brings back the keyboard.
    if (code === KEY.DPAD_CENTER) return this.#focus(stage, field);
    if (code === KEY.TAB) return this.#move(stage, field, shift ? -1 : 1);
    if (editKey(stage, field, code, held, this.#host.clipboard)) return;
    if (code === KEY.DPAD_UP || code === KEY.DPAD_DOWN)
      this.#move(stage, field, code === KEY.DPAD_UP ? -1 : 1);
  }

  #move(stage: Stage, field: TextFieldView, step: -1 | 1): void {
    const next = neighbour(stage, field, step);
    if (next) this.#focus(stage, next);
  }

  type(text: string): void {
    if (!this.#state.awake) return;
    text.split(/\r?\n/).forEach((line, i) => {
      if (i > 0) this.key(KEY.ENTER);
      this.#insert(line);
    });
  }

  commitText(text: string): void {
    if (this.#state.awake) this.#insert(text);
  }

  /** The field's own action, or as TextView.onEditorAction: another field, or the end of typing. */
  editorAction(action: number): void {
    const stage = this.#current();
    const field = stage.focusedField;
    if (!this.#state.awake || !field) return;
    this.#act(() => {
      if (field.onSubmit) field.onSubmit();
      else if (action === ACTION_NEXT || action === ACTION_PREVIOUS)
        this.#move(stage, field, action === ACTION_NEXT ? 1 : -1);
      else delete this.#state.keyboard;
    });
  }

  #insert(text: string): void {
    const stage = this.#current();
    if (text === "" || !stage.focusedField) return;
    const field = stage.focusedField;
    this.#act(() => insert(stage, field, text));
    this.#state.reveal = true;
  }

  stopResponding(): void {
    const { id, package: owner } = this.#current().activity;
    this.#host.clock.advance(INPUT_TIMEOUT_MS);
    if (this.#host.notResponding(owner)) this.#state.notResponding = { activity: id };
    this.#forget();
  }

  hideKeyboard(): void {
    delete this.#state.keyboard;
    this.#forget();
  }

  focusField(fieldId: string): void {
    this.#state.pendingFocus = fieldId;
    this.#forget();
  }

  scrollToStart(scrollId: string): void {
    const { id } = this.#host.foreground();
    for (const layer of [undefined, "overlay"] as const)
      delete this.#state.windows[windowKey(id, layer)]?.scroll[scrollId];
    this.#forget();
  }

  toast(text: string): void {
    this.#state.toast = { text, until: this.#host.clock.now() + TOAST_MS };
    this.#forget();
  }

  windows(): AppWindow[] {
    const { overlays, content } = this.#current();
    const secure = content.secure === true;
    const over = overlays.map(({ look, system }): AppWindow => {
      if (system) return { kind: "system", title: system.title, secure: false };
      return { kind: look === "menu" ? "popup" : "dialog", secure };
    });
    return [...over.toReversed(), { kind: "activity", secure }];
  }

  dump(): string {
    const stage = this.#current();
    const active = this.accessibilityWindows().find((window) => window.active)!;
    this.#dump ??= writeDump(active.root, active.package, stage.display.rotation);
    return this.#dump;
  }

  accessibilityWindows(): AccessibilityWindow[] {
    const stage = this.#current();
    const bars = barsOf(this.#host);
    const inputMethod = this.#host.settings.get("secure", "default_input_method") ?? "";
    return windowsOf(stage, bars, inputMethod.split("/", 1)[0]!);
  }

  /** Everything outside the windows that the picture depends on. */
  #pictureKey(): string {
    const { toast, awake } = this.#state;
    const shown = toast && toast.until > this.#host.clock.now() ? toast.text : undefined;
    return JSON.stringify([awake, barsOf(this.#host), shown]);
  }

  pixels(): Buffer {
    const { toast, awake } = this.#state;
    const stage = this.#current();
    if (!awake || stage.content.secure) return blackPixels(stage.display);
    const shown = toast && toast.until > this.#host.clock.now() ? toast.text : undefined;
    return drawScreen(stage, barsOf(this.#host), shown);
  }

  png(): Promise<Buffer> {
    this.#current();
    const key = this.#pictureKey();
    if (this.#png?.key !== key) this.#png = { key, bytes: encodePng(this.pixels(), this.#current().display) };
    return this.#png.bytes;
  }

  save(): Json {
    return structuredClone(this.#state) as unknown as Json;
  }

  restore(state: Json): void {
    this.#state = structuredClone(state) as unknown as ScreenState;
    this.#forget();
  }
}
