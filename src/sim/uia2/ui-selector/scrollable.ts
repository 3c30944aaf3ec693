/** UiScrollable, which swipes over a list until what is looked for is there (androidx.test.uiautomator). */
import type { Call } from "../context.ts";
import { noSuchElement } from "../errors.ts";
import type { UiNode } from "../nodes.ts";
import { activeRoot } from "../screen.ts";
import { scrollStroke } from "../scroll.ts";
import { findSelected, within, type UiSelector } from "./selector.ts";

/** A swipe is made of steps of 5 ms: slow ones scroll, quick ones fling. */
const stepMs = 5;
const scrollSteps = 55;
const flingSteps = 5;

export class Scrollable {
  readonly container: UiSelector;
  vertical = true;
  maxSwipes = 30;
  /** The share of the list at each end that no swipe touches. */
  deadZone = 0.1;
  readonly #call: Call;

  constructor(call: Call, container: UiSelector) {
    this.#call = call;
    this.container = container;
  }

  exists(selector: UiSelector): boolean {
    return this.#find(selector) !== undefined;
  }

  /** False where it is nowhere in the list. Throws `no such element` where there is no list. */
  async scrollIntoView(wanted: UiSelector): Promise<boolean> {
    const inside = within(this.container, wanted);
    if (this.exists(inside)) return true;
    await this.toBeginning(this.maxSwipes);
    for (let swipes = 0; swipes < this.maxSwipes && !this.exists(inside); swipes++) {
      if (!(await this.forward())) break;
    }
    return this.exists(inside);
  }

  /** Whether the list goes on. */
  forward(steps = scrollSteps): Promise<boolean> {
    return this.#swipe(1, steps);
  }

  backward(steps = scrollSteps): Promise<boolean> {
    return this.#swipe(-1, steps);
  }

  flingForward(): Promise<boolean> {
    return this.forward(flingSteps);
  }

  flingBackward(): Promise<boolean> {
    return this.backward(flingSteps);
  }

  /** Whether the end was reached. */
  toEnd(maxSwipes: number, steps = scrollSteps): Promise<boolean> {
    return this.#until(maxSwipes, () => this.forward(steps));
  }

  toBeginning(maxSwipes: number, steps = scrollSteps): Promise<boolean> {
    return this.#until(maxSwipes, () => this.backward(steps));
  }

  flingToEnd(maxSwipes: number): Promise<boolean> {
    return this.toEnd(maxSwipes, flingSteps);
  }

  flingToBeginning(maxSwipes: number): Promise<boolean> {
    return this.toBeginning(maxSwipes, flingSteps);
  }

  /** The one of `pattern`'s matches in the list that is, or holds, a match of `content`. */
  async childWith(pattern: UiSelector, content: UiSelector, scroll: boolean): Promise<UiSelector> {
    if (scroll) await this.scrollIntoView(content);
    for (let instance = 0; ; instance++) {
      const row = within(this.container, { ...pattern, instance });
      const node = this.#find(row);
      if (node === undefined) throw noSuchElement();
      if (findSelected(content, node) !== undefined) return row;
    }
  }

  async #until(maxSwipes: number, swipe: () => Promise<boolean>): Promise<boolean> {
    for (let swipes = 0; swipes < maxSwipes; swipes++) {
      if (!(await swipe())) return true;
    }
    return false;
  }

  /** UiScrollable.scrollForward and InteractionController.scrollSwipe: either end counts as the end. */
  async #swipe(direction: 1 | -1, steps: number): Promise<boolean> {
    const list = this.#find(this.container);
    if (list === undefined) throw noSuchElement();
    const { left, top, right, bottom } = list.tree.bounds;
    const x = Math.floor((left + right) / 2);
    const y = Math.floor((top + bottom) / 2);
    const margin = Math.trunc((this.vertical ? bottom - top : right - left) * this.deadZone);
    const ends = this.vertical
      ? [
          { x, y: bottom - margin },
          { x, y: top + margin },
        ]
      : [
          { x: right - margin, y },
          { x: left + margin, y },
        ];
    const [from, to] = direction === 1 ? ends : ends.toReversed();
    const scrolled = await scrollStroke(this.#call, from!, to!, steps * stepMs);
    return scrolled !== undefined && scrolled.offset > 0 && scrolled.offset < scrolled.max;
  }

  #find(selector: UiSelector): UiNode | undefined {
    const root = activeRoot(this.#call);
    return root && findSelected(selector, root);
  }
}
