import type { RecordedCall } from "../llm/index.ts";

/** Splits a step's wall time into device, model and our own. */
export function startClock() {
  const startedAt = Date.now();
  const start = performance.now();
  let deviceMs = 0;
  return {
    async device<T>(call: () => Promise<T>): Promise<T> {
      const before = performance.now();
      try {
        return await call();
      } finally {
        deviceMs += performance.now() - before;
      }
    },
    stop(calls: readonly RecordedCall[]) {
      // The time of an attempt in vain is part of that of the call that was answered in the end.
      const answered = calls.filter(({ response }) => response.failure === undefined);
      const modelMs = answered.reduce((sum, { response }) => sum + response.latencyMs, 0);
      const ownMs = Math.max(0, performance.now() - start - deviceMs - modelMs);
      return { startedAt, endedAt: Date.now(), deviceMs, modelMs, ownMs };
    },
  };
}
