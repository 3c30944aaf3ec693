import type { RecordedCall } from "../llm/index.ts";

/** Splits a step's wall time into device, model and our own. Waits for a model that failed are the model's. */
export function startClock() {
  const startedAt = Date.now();
  const start = performance.now();
  let deviceMs = 0;
  let waitedMs = 0;
  return {
    async device<T>(call: () => Promise<T>): Promise<T> {
      const before = performance.now();
      try {
        return await call();
      } finally {
        deviceMs += performance.now() - before;
      }
    },
    waitsForModel(ms: number) {
      waitedMs += ms;
    },
    stop(calls: readonly RecordedCall[]) {
      // The time of an attempt in vain is part of that of the call that was answered in the end.
      const answered = calls.filter(({ response }) => response.failure === undefined);
      const modelMs = answered.reduce((sum, { response }) => sum + response.latencyMs, waitedMs);
      const ownMs = Math.max(0, performance.now() - start - deviceMs - modelMs);
      return { startedAt, endedAt: Date.now(), deviceMs, modelMs, ownMs };
    },
  };
}
