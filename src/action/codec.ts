import type { Action } from "./action.ts";

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
  parse(text: string): ParsedAction;
  /** Throws `ACTION_NOT_EXPRESSIBLE` where this grammar has no words for the action. */
  format(action: Action): string;
}
