import type { CheckResult } from "../task/index.ts";
import type { StoredVerdict } from "../store/index.ts";

/** A share with its 95 % Wilson interval; null where there is nothing to divide by. */
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** How a critic's verdicts compare with those of the checks, on episodes that have both. */
export interface Agreement {
  n: number;
  /** Success by the critic and by the checks, by the critic alone, by the checks alone, by neither. */
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  /** Of the critic's successes, those that the checks confirm. */
  precision: Share | null;
  /** Of the checks' successes, those that the critic found. */
  recall: Share | null;
  /** Successes by the checks: what a critic that always says yes would have for its precision. */
  baseRate: Share | null;
}

/** The verdict of the checks, where a task has any. */
export function checkedSuccess(verdicts: readonly StoredVerdict[]): boolean | undefined {
  const verdict = verdicts.findLast(({ source }) => source === "check");
  const checks = verdict?.detail["checks"] as CheckResult[] | undefined;
  return verdict === undefined || checks === undefined || checks.length === 0 ? undefined : verdict.success;
}

export function agreement(pairs: readonly { critic: boolean; checks: boolean }[]): Agreement {
  const count = (critic: boolean, checks: boolean) =>
    pairs.filter((pair) => pair.critic === critic && pair.checks === checks).length;
  const [tp, fp, fn, tn] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  return {
    n: pairs.length,
    tp,
    fp,
    fn,
    tn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    baseRate: share(tp + fn, pairs.length),
  };
}

/** The 97.5 % point of the normal distribution. */
const z = 1.959964;

/** Wilson's score interval (1927), which also holds for few trials and for shares near 0 and 1. */
export function share(hits: number, of: number): Share | null {
  if (of === 0) return null;
  const value = hits / of;
  const middle = (value + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((value * (1 - value)) / of + z ** 2 / (4 * of ** 2));
  // At the ends the interval is closed, whatever rounding leaves.
  return { value, low: hits === 0 ? 0 : middle - half, high: hits === of ? 1 : middle + half };
}
