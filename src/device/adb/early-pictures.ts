import { setTimeout as delay } from "node:timers/promises";
import type { Picture } from "./picture.ts";

/** For this long before its end a dump has seen nothing happen (UiAutomation.waitForIdle in DumpCommand). */
export const restMs = 1000;
/** Pictures that are begun during one dump. */
const most = 3;

interface Shot {
  begun: number;
  picture: Promise<Picture | Error>;
  finished: boolean;
}

/**
 * Pictures that are taken while a dump waits for the screen to rest. One that was begun within the last second of the
 * dump shows what the dump tells of: so at any time there should be a finished one that is younger than that.
 */
export class EarlyPictures {
  readonly #take: () => Promise<Picture | Error>;
  readonly #stopped = new AbortController();
  readonly #shots: Shot[] = [];

  constructor(take: () => Promise<Picture | Error>) {
    this.#take = take;
  }

  /** The first is begun in so many milliseconds. */
  begin(delayMs: number): void {
    // Ends when `stop` is called; a device that is gone is told by the dump, or by `since`.
    this.#run(delayMs).catch(() => {});
  }

  async #run(delayMs: number): Promise<void> {
    let due = performance.now() + Math.max(0, delayMs);
    while (this.#shots.length < most) {
      await delay(Math.max(0, due - performance.now()), undefined, { signal: this.#stopped.signal });
      const shot: Shot = { begun: performance.now(), picture: this.#take(), finished: false };
      this.#shots.push(shot);
      await shot.picture;
      shot.finished = true;
      // In time for the next to be finished when this one gets too old.
      due = shot.begun + Math.max(0, restMs - (performance.now() - shot.begun));
    }
  }

  /** No more pictures are begun. */
  stop(): void {
    this.#stopped.abort();
  }

  /** A picture that was begun at `earliest` or later: a finished one before one that has to be waited for. */
  async since(earliest: number): Promise<Picture | Error | undefined> {
    const young = this.#shots.filter((shot) => shot.begun >= earliest);
    return (young.find((shot) => shot.finished) ?? young[0])?.picture;
  }
}
