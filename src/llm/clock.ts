import { setTimeout as sleep } from "node:timers/promises";

/** Time as the model layer sees it; tests have one of their own. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Ends early by throwing the signal's reason. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Its milliseconds in one of the wall clock's. */
  readonly speed: number;
}

export const wallClock: Clock = {
  now: () => performance.now(),
  speed: 1,
  async wait(ms, signal) {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // The timer's own abort error would hide the caller's reason.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** The wall clock, faster: what takes ten minutes is over in seconds. */
export function fastClock(speed: number): Clock {
  return {
    speed,
    now: () => wallClock.now() * speed,
    wait: (ms, signal) => wallClock.wait(ms / speed, signal),
  };
}
