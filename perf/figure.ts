/** One figure: a line of JSON. Times are wall time; this machine's noise is in `spread`. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** 90th percentile over the median, where the figure is a median of repetitions. */
  spread?: number;
  /** What the same run took for something comparable, and value / baseline. */
  baseline?: { name: string; value: number; ratio: number };
  note?: string;
}

export type Benchmark = () => Promise<Figure[]>;

/**
 * Median and 90th percentile of repeated calls, in milliseconds, after some that do not count. A call that
 * prepares something first returns the time of what is measured.
 */
export async function repeat(
  times: number,
  call: () => unknown,
  warmUp = times,
): Promise<{ median: number; spread: number }> {
  const taken: number[] = [];
  for (let i = 0; i < warmUp + times; i++) {
    const start = performance.now();
    const own = await call();
    if (i >= warmUp) taken.push(typeof own === "number" ? own : performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]!;
  return { median: at(0.5), spread: at(0.9) / at(0.5) };
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
