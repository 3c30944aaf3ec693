import { AndroidGenError } from "../../errors.ts";
import type { Action, ActionType, Target } from "../action.ts";
import type { CodecScreen } from "../codec.ts";
import { boundsOf, locate, type Located, scrollArea, strokeOf } from "../place/finger.ts";
import { type Bounds, centre, type Point } from "../place/geometry.ts";
import { boxOnGrid, type Grid, onGrid } from "../place/grid.ts";

/** A grammar has no words for an action; whoever writes for its family leaves the step out. */
export function notExpressible(codec: string, action: ActionType, why: string): AndroidGenError {
  return new AndroidGenError(
    `The grammar ${codec} cannot say this ${action}: ${why}. Leave this step out of what is written for that family.`,
    { code: "ACTION_NOT_EXPRESSIBLE", class: "agent" },
  );
}

/**
 * Where an action goes, in the numbers of a grammar. Throws `ACTION_NOT_EXPRESSIBLE` (`agent`) where its
 * target is not on the screen.
 */
export class Places {
  private readonly codec: string;
  private readonly screen: CodecScreen;
  private readonly grid: Grid;

  constructor(codec: string, screen: CodecScreen, grid: Grid) {
    this.codec = codec;
    this.screen = screen;
    this.grid = grid;
  }

  /** The middle of what a finger reaches of the target. */
  point(type: ActionType, target: Target): [number, number] {
    return this.numbers(this.found(type, locate(target, this.screen)));
  }

  /** The middle of what scrolls: of the target, or of the largest thing that can, or of the screen. */
  scrollPoint(target: Target | undefined): [number, number] {
    return this.numbers(centre(this.found("scroll", scrollArea(target, this.screen))));
  }

  stroke(action: Extract<Action, { type: "scroll" | "swipe" }>): Record<"from" | "to", [number, number]> {
    const { from, to } = this.found(action.type, strokeOf(action, this.screen));
    return { from: this.numbers(from), to: this.numbers(to) };
  }

  /** The box of what a finger reaches of an element; of a point one without width and height. */
  box(type: ActionType, target: Target): number[] {
    if (target.kind === "point") {
      const [x, y] = this.point(type, target);
      return [x, y, x, y];
    }
    return boxOnGrid(this.found(type, boundsOf(target, this.screen)), this.grid, this.screen);
  }

  /** The element that has the focus. */
  get focus(): Target | undefined {
    const focused = this.screen.elements.find((element) => element.focused === true);
    return focused && { kind: "element", index: focused.index };
  }

  /** For grammars whose typing goes where the focus is: refuses a text that goes elsewhere. */
  requireFocus(target: Target | undefined): void {
    if (target === undefined) return;
    const { focus } = this;
    if (focus?.kind === "element" && target.kind === "element" && focus.index === target.index) return;
    const field = focus && this.found("inputText", boundsOf(focus, this.screen));
    if (target.kind === "point" && field !== undefined && holds(field, target)) return;
    throw notExpressible(
      this.codec,
      "inputText",
      "it types only where the focus is, and this field does not have it; a tap on the field must come first",
    );
  }

  private numbers(point: Point): [number, number] {
    const { x, y } = onGrid(point, this.grid, this.screen);
    return [x, y];
  }

  private found<T>(type: ActionType, located: Located<T>): T {
    if (!located.ok) throw notExpressible(this.codec, type, located.reason);
    return located.at;
  }
}

function holds({ left, top, right, bottom }: Bounds, { x, y }: Point): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

/** JSON with the spaces that Python's `json.dumps` writes. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${spacedJson(entry)}`);
  return `{${entries.join(", ")}}`;
}

/** Lines of a reply; those that would say nothing are left out. */
export function lines(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}

/** `label: text`, or nothing where there is no text. */
export function labelled(label: string, text: string): string {
  return text === "" ? "" : `${label}: ${text}`;
}
