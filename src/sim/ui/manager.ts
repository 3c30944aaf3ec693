/** The window manager: keeps what the screen remembers, and gives touches, keys and text to what they are meant for. */
import { currentInputMethod, packageOf, showsKeys } from "../system/input-methods.ts";
import type { Json } from "../system/services.ts";
import { drawScreen } from "./draw-screen.ts";
import { writeDump } from "./dump.ts";
import { KEY } from "./keycodes.ts";
import { windowsOf } from "./accessibility.ts";
import { displayOf, sameDisplay, type Rotation } from "./display.ts";
import { editorAction, hardKey, screenKey, type Entry } from "./entry.ts";
import { keyAt } from "./keyboard.ts";
import { contains } from "./metrics.ts";
import { blackPixels, encodePng } from "./picture.ts";
import { scrollPage } from "./scrolling.ts";
import { focusOn, setStage, type Stage } from "./stage.ts";
import { isBelowNotifications, opensShade } from "./shade-touch.ts";
import { shadeTitles } from "./shade-windows.ts";
import { freshState, windowKey, type ScreenState, type ShadeState, type Toast } from "./state.ts";
import { barsOf, navigationKeyAt } from "./system-bars.ts";
import * as touch from "./touch.ts";
import { insert, selectWord } from "./typing.ts";
import type { TextFieldView } from "./view.ts";
import type { AccessibilityWindow, AppWindow, WindowHost, Windows } from "./windows.ts";

/** How long a message stays, in the device's time. */
const TOAST_MS = 2000;
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

  get asksForKeys(): boolean {
    return this.#current().asksForKeys;
  }

  get idle(): boolean {
    if (this.#state.shade && this.#host.systemUi.counts()) return false;
    return this.#current().content.animated !== true;
  }

  get systemFocus(): Windows["systemFocus"] {
    const { shade } = this.#state;
    return shade && shadeTitles[shade.internetDialog ? "shadeDialog" : "shade"];
  }

  openShade(panel: ShadeState["panel"]): void {
    if (!this.#state.awake) return;
    this.#state.shade = { toggled: [], ...this.#state.shade, panel, internetDialog: false };
    this.#forget();
  }

  closeShade(): void {
    delete this.#state.shade;
    this.#forget();
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
      sameDisplay(known.display, displayOf(this.#host.settings)) &&
      (known.keyboard !== undefined) === (known.asksForKeys && showsKeys(this.#host.settings))
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
    if (!this.#state.shade && !contains(display.content, x, y)) return;
    if (keyboard && contains(keyboard.rect, x, y)) {
      const key = keyAt(keyboard.keys, x, y);
      if (key && stage.focusedField) screenKey(this.#entry(stage, stage.focusedField), key.action);
      return;
    }
    const { field, selectWord: isLong, missed } = this.#touchMenu(stage, x, y) ?? act(stage, x, y);
    if (missed && isBelowNotifications(stage, x, y)) this.closeShade();
    if (!field) return;
    focusOn(this.#state, stage.key, field);
    if (!isLong) return;
    selectWord(stage, field);
    this.#state.textMenu = { window: stage.key, field: field.id };
  }

  /** A touch of the floating bar, or one beside it, which sends it away and goes on to what is there. */
  #touchMenu({ textMenu, focusedField }: Stage, x: number, y: number): touch.TouchResult | undefined {
    delete this.#state.textMenu;
    if (!textMenu || !focusedField || !contains(textMenu.box.rect, x, y)) return undefined;
    const item = textMenu.itemAt(x, y);
    if (item) this.#windowKey(item.code, item.held);
    return {};
  }

  swipe(x1: number, y1: number, x2: number, y2: number, durationMs: number): void {
    if (!this.#state.awake) return;
    const stage = this.#current();
    const { display, keyboard } = stage;
    delete this.#state.textMenu;
    if (this.#state.shade) return this.#act(() => touch.swipe(stage, { x1, y1, x2, y2, durationMs }));
    if (opensShade(display, { x1, y1, x2, y2, durationMs })) return this.openShade("notifications");
    if (!contains(display.content, x1, y1) || (keyboard && contains(keyboard.rect, x1, y1))) return;
    this.#act(() => touch.swipe(stage, { x1, y1, x2, y2, durationMs }));
  }

  key(code: number, held: readonly number[] = []): void {
    if (code === KEY.POWER || code === KEY.WAKEUP || code === KEY.SLEEP) {
      this.#state.awake = code === KEY.POWER ? !this.#state.awake : code === KEY.WAKEUP;
      if (!this.#state.awake) this.closeShade();
    } else if (!this.#state.awake) return;
    else if (code === KEY.BACK || code === KEY.ESCAPE) this.#act(() => this.#back());
    else if (code === KEY.HOME || code === KEY.APP_SWITCH) {
      this.closeShade();
      if (code === KEY.HOME) this.#host.home();
      else this.#host.recents();
    } else this.#act(() => this.#windowKey(code, held));
    delete this.#state.textMenu;
    this.#forget();
  }

  #back(): void {
    const { overlays, keyboard, textMenu } = this.#current();
    const top = overlays.at(-1);
    // The floating bar goes first, as with every key.
    if (textMenu) return;
    const { shade } = this.#state;
    if (shade && !shade.internetDialog) return this.#host.systemUi.back(shade, () => this.closeShade());
    if (keyboard) delete this.#state.keyboard;
    else if (top) top.onDismiss?.();
    else this.#host.back();
  }

  #windowKey(code: number, held: readonly number[]): void {
    const stage = this.#current();
    const field = stage.focusedField;
    if (code === KEY.PAGE_UP || code === KEY.PAGE_DOWN) scrollPage(stage, code === KEY.PAGE_UP ? -1 : 1);
    else if (field) hardKey(this.#entry(stage, field), code, held);
  }

  #entry(stage: Stage, field: TextFieldView): Entry {
    return { host: this.#host, state: this.#state, stage, field };
  }

  type(text: string): void {
    if (!this.#state.awake) return;
    // A line break and a tab are keys of their own, which may lead to another field.
    for (const part of text.split(/(\r?\n|\t)/)) {
      if (part === "\t") this.key(KEY.TAB);
      else if (part.endsWith("\n")) this.key(KEY.ENTER);
      else this.#insert(part);
    }
  }

  commitText(text: string): void {
    if (this.#state.awake) this.#insert(text);
  }

  editorAction(action: number): void {
    const stage = this.#current();
    const field = stage.focusedField;
    if (this.#state.awake && field) this.#act(() => editorAction(this.#entry(stage, field), action));
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
    this.#state.toast = { text, at: this.#host.clock.now() };
    this.#forget();
  }

  get lastToast(): Toast | undefined {
    return this.#state.toast;
  }

  /** What a toast says that is still to be seen. */
  #shownToast(): string | undefined {
    const { toast } = this.#state;
    return toast && toast.at + TOAST_MS > this.#host.clock.now() ? toast.text : undefined;
  }

  windows(): AppWindow[] {
    const { overlays, content } = this.#current();
    const secure = content.secure === true;
    const own = overlays.filter(({ system }) => system === undefined || system.layer === "system");
    const over = own.map(({ look, system }): AppWindow => {
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
    return windowsOf(stage, bars, packageOf(currentInputMethod(this.#host.settings)));
  }

  /** Everything outside the windows that the picture depends on. */
  #pictureKey(): string {
    return JSON.stringify([this.#state.awake, barsOf(this.#host), this.#shownToast()]);
  }

  pixels(): Buffer {
    const stage = this.#current();
    const hidden = stage.content.secure && !this.#state.shade;
    if (!this.#state.awake || hidden) return blackPixels(stage.display);
    return drawScreen(stage, barsOf(this.#host), this.#shownToast());
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
