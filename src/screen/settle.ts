import { setTimeout as sleep } from "node:timers/promises";

export interface SettleOptions {
  /** How far apart, in milliseconds, two equal looks in a row have to begin. */
  quietMs: number;
  /** After this many milliseconds the last look is taken as it is. */
  capMs: number;
}

export interface Settled<T> {
  value: T;
  /** False where the time was up first. */
  settled: boolean;
  looks: number;
}

/**
 * Looks until nothing has changed for a while: two looks in a row have the same fingerprint and began at
 * least `quietMs` apart. A slow look is a wait of its own, so a device whose tree takes longer than `quietMs`
 * is never waited for besides. Ends at `capMs` at the latest, but never within a look; the bound of a look
 * is its own.
 */
export async function settle<T extends { fingerprint: string }>(
  look: () => Promise<T>,
  options: SettleOptions,
): Promise<Settled<T>> {
  const started = performance.now();
  const deadline = started + options.capMs;
  let began = started;
  let value = await look();
  for (let looks = 1; ; looks++) {
    const due = Math.max(began + options.quietMs, performance.now());
    if (due > deadline) return { value, settled: false, looks };
    const wait = due - performance.now();
    if (wait > 0) await sleep(Math.ceil(wait));
    began = performance.now();
    const next = await look();
    const same = next.fingerprint === value.fingerprint;
    value = next;
    if (same) return { value, settled: true, looks: looks + 1 };
  }
}
