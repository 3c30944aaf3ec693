import type { Action } from "./action.ts";
import type { Bounds, Size } from "./place/geometry.ts";

/**
 * The screen a reply is about, as far as places on it need to be known: pixels, and where its elements
 * are. A `Screen` is one.
 */
export interface CodecScreen extends Size {
  elements: readonly {
    index: number;
    bounds: Bounds;
    /** The part of `bounds` where a finger meets the element itself, where that is not all of it. */
    reach?: Bounds;
    scrollable?: boolean;
    focused?: boolean;
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

/** What a whole reply is made of. */
export interface Reply {
  /** Why this action: what `parse` gives as `thought`. */
  thought: string;
  action: Action;
  /** What a reasoning model thought before it answered. Left out by families without tags for it. */
  thinking?: string;
}

/** Turns model text into an action, and an action back into the text a model is trained on. */
export interface ActionCodec {
  readonly name: string;
  /** How its actions say where: by the number of an element, by a point, or by a box around the place. */
  readonly coordinates: "element" | "point" | "box";
  /**
   * What its points and boxes count, from 0 up to this: the resolution to name in a prompt.
   *
   * Throws `IMAGE_TOO_NARROW` (`config`) where no picture of such a screen can be shown to the model.
   */
  grid(screen: Size): Size;
  /**
   * Reads a reply. Points of the action are in pixels of the screen, whatever the grammar counts in.
   * A reply with two different actions is refused, since it is not known which of them the model meant
   * for this screen; the same one written twice is one. The reason of a refusal is for the model to
   * read. Never throws, and takes a time in proportion to the text.
   */
  parse(text: string, screen: CodecScreen): ParsedAction;
  /**
   * The action alone. Details that the grammar has no place for are left out: how long a wait is, or
   * the message of a finish.
   *
   * Throws `ACTION_NOT_EXPRESSIBLE` (`agent`) where this grammar has no words for the action, or its element is not on
   * the screen.
   */
  format(action: Action, screen: CodecScreen): string;
  /** All that the model says in one turn, as this family writes it. Throws as `format` does. */
  formatReply(reply: Reply, screen: CodecScreen): string;
}
