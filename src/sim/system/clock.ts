import type { SimClock } from "./services.ts";

export type ClockKind = "stepped" | "real";

export interface DeviceClock extends SimClock {
  readonly kind: ClockKind;
  save(): number;
  restore(state: number): void;
}

/** A Sunday afternoon, before the device's sample data and after its build date. */
const steppedStart = Date.UTC(2023, 9, 15, 15, 34, 0);

/**
 * The stepped clock moves only by `set` and `advance`, so that a run follows from its seed. The real
 * one is the host's clock plus what was set and advanced.
 */
export function createClock(kind: ClockKind): DeviceClock {
  let offset = kind === "stepped" ? steppedStart : 0;
  const host = kind === "stepped" ? () => 0 : () => Date.now();
  const now = (): number => Math.floor(host() + offset);
  return {
    kind,
    now,
    set(epochMs) {
      offset = epochMs - host();
    },
    advance(ms) {
      offset += ms;
    },
    date: () => new Date(now()),
    save: () => offset,
    restore(state) {
      offset = state;
    },
  };
}
