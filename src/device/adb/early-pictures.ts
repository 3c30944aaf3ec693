import type { Picture } from "../look/picture.ts";

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
  readonly #shots: Shot[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(take: () => Promise<Picture | Error>) {
    this.#take = take;
  }

  /** The first is begun in so many milliseconds; `stop` ends it. */
  begin(delayMs: number): void {
    this.#timer = setTimeout(() => this.#shoot(), Math.max(0, delayMs));
  }

  #shoot(): void {
    const begun = performance.now();
    const shot: Shot = { begun, picture: this.#take(), finished: false };
    this.#shots.push(shot);
    const finish = (): void => {
      shot.finished = true;
      const took = performance.now() - begun;
      // The next takes as long, and is to be finished when this one gets too old.
      if (!this.#stopped && this.#shots.length < most) this.begin(restMs - 2 * took);
    };
    // A device that is gone is told by the dump, or by `since`.
    shot.picture.then(finish, () => {});
  }

  /** No more pictures are begun. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** A picture that was begun at `earliest` or later: a finished one before one that has to be waited for. */
  async since(earliest: number): Promise<Picture | Error | undefined> {
    const young = this.#shots.filter((shot) => shot.begun >= earliest);
    return (young.find((shot) => shot.finished) ?? young[0])?.picture;
  }
}
