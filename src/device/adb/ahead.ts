import type { Dump } from "./dump.ts";

/**
 * Apps get this long to begin with what a touch asks of them. Half a second of a dump's second of rest may go by
 * before the touch, not more.
 */
const reactionMs = 500;

/** A dump that was begun together with a touch, so that its program starts while the touch's does. */
export class DumpAhead {
  readonly #dump: Promise<Dump>;
  #finishedAt: number | undefined;
  #touchedAt: number | undefined;

  constructor(dump: Promise<Dump>) {
    this.#dump = dump.finally(() => {
      this.#finishedAt = performance.now();
    });
    // A device that is gone is told by the touch, or by whoever asks for the dump.
    this.#dump.catch(() => {});
  }

  /** The touch is over, or something else was done to the device after it. */
  touched(): void {
    this.#touchedAt = performance.now();
  }

  /**
   * The dump, where it tells of the screen after the touch and was still under way when it was asked for; also one
   * that found no tree, for a screen that never rests takes twenty seconds to tell. Waits for it in any case: two at a
   * time are refused by Android.
   */
  async take(): Promise<Dump | undefined> {
    const late = this.#finishedAt !== undefined;
    try {
      const dump = await this.#dump;
      const seen = this.#touchedAt !== undefined && this.#finishedAt! - this.#touchedAt >= reactionMs;
      return !late && seen ? dump : undefined;
    } catch {
      // The one that is made anew says what is wrong with the device, if it still is.
      return undefined;
    }
  }
}
