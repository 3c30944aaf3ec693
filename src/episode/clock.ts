import type { Decision } from "../agent/index.ts";

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
    stop({ calls }: Decision) {
      const modelMs = calls.reduce((sum, call) => sum + call.response.latencyMs, 0);
      const ownMs = Math.max(0, performance.now() - start - deviceMs - modelMs);
      return { startedAt, endedAt: Date.now(), deviceMs, modelMs, ownMs };
    },
  };
}
