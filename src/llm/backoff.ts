/** First wait of the exponential backoff. */
const firstDelayMs = 500;
/** Longest wait between two attempts that we choose ourselves. */
const longestDelayMs = 30_000;
/** Longest wait an endpoint may ask for; beyond it the call fails and the runner decides. */
export const longestRetryAfterMs = 60_000;

/**
 * Milliseconds to wait after the given failed attempt (1 is the first): doubled each time, and drawn from
 * the upper half, so that episodes that failed together do not come back together.
 */
export function backoffMs(attempt: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return full / 2 + Math.random() * (full / 2);
}

/**
 * What the endpoint asks us to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as
 * an HTTP date (RFC 9110, section 10.2.3). Undefined where it asks for nothing we can read.
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const exact = number(headers?.get("retry-after-ms"));
  if (exact !== undefined) return exact;
  const text = headers?.get("retry-after");
  const seconds = number(text);
  if (seconds !== undefined) return seconds * 1000;
  // V8 takes nearly any number for a date; an HTTP date names its day.
  const date = /^[a-z]{3,}, /iu.test(text ?? "") ? Date.parse(text!) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
