import type { Action } from "./action.ts";

/**
 * The screen a reply is about, as far as grammars of points and boxes need it: pixels, and where its elements are. A
 * `Screen` is one.
 */
export interface CodecScreen {
  width: number;
  height: number;
  elements: readonly {
    index: number;
    /** Right and bottom are exclusive. */
    bounds: { left: number; top: number; right: number; bottom: number };
  }[];
}

/** What a codec made of a model's text: an action, or the reason why there is none. */
export type ParsedAction =
  | {
      ok: true;
      action: Action;
      /** The model's own words before the action: its analysis. */
      thought: string;
      /** The code that was read, as the model wrote it. */
      code: string;
    }
  | { ok: false; reason: string };

/** Turns model text into an action, and an action back into the text a model is trained on. */
export interface ActionCodec {
  readonly name: string;
  /** Points of the action are in pixels of the screen, whatever the grammar counts in. */
  parse(text: string, screen: CodecScreen): ParsedAction;
  /**
   * Throws `ACTION_NOT_EXPRESSIBLE` (`agent`) where this grammar has no words for the action, or its element is not on
   * the screen.
   */
  format(action: Action, screen: CodecScreen): string;
}
