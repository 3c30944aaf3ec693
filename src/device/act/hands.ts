import type { Key, Point, Stroke } from "../../action/index.ts";
import type { ActionResult } from "../device.ts";
import type { MeantField } from "./focus.ts";

/**
 * How a driver touches its device. Points are pixels of the screen as it is turned. Nothing here waits
 * for what the touch brings about; the next look at the screen does.
 */
export interface Hands {
  tap(at: Point): Promise<void>;
  /** Two taps soon enough after another to make a pair. */
  doubleTap(at: Point): Promise<void>;
  longPress(at: Point): Promise<void>;
  /** One finger down, along a straight way in `durationMs`, and up. */
  stroke(way: Stroke, durationMs: number): Promise<void>;
  press(key: Key): Promise<void>;
  /**
   * Replaces the text of the field that has the focus, and reads it back: what cannot be seen to have arrived is
   * refused. Line breaks within the text are part of it, those at its end are pressed as Enter. The focus may come to
   * the field that is meant a moment after the tap; where it stays in another one, nothing is typed.
   */
  replaceText(text: string, meant: MeantField): Promise<ActionResult>;
}
