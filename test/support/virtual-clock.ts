import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/llm/clock.ts";

interface Alarm {
  at: number;
  ring: () => void;
}

/** Time that passes when a test says so. */
export class VirtualClock implements Clock {
  readonly speed = 1;
  #now = 0;
  #alarms: Alarm[] = [];

  now(): number {
    return this.#now;
  }

  /** Waits under way. */
  get waits(): number {
    return this.#alarms.length;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason as Error);
      const cancel = (): void => {
        this.#alarms = this.#alarms.filter((each) => each !== alarm);
        reject(signal!.reason as Error);
      };
      const ring = (): void => {
        signal?.removeEventListener("abort", cancel);
        resolve();
      };
      const alarm = { at: this.#now + ms, ring };
      this.#alarms.push(alarm);
      signal?.addEventListener("abort", cancel, { once: true });
    });
  }

  /** Lets so much time pass; everything that a wait was for happens at its own time. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await turn();
      const next = this.#alarms.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#alarms = this.#alarms.filter((each) => each !== next);
      next.ring();
    }
    this.#now = end;
  }
}
