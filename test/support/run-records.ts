import type { Store } from "../../src/store/index.ts";

/** All records of a run but for what is never the same: ids, devices and clock times. */
export async function recordsOf(store: Store, run: string) {
  return Promise.all(
    (await store.episodes.list(run)).map(async ({ id, slot, state, answer, seed }) => ({
      slot,
      state,
      answer,
      seed,
      steps: (await store.steps.list(id)).map((step) => ({
        ...step,
        screenId: 0,
        startedAt: 0,
        endedAt: 0,
        deviceMs: 0,
        ownMs: 0,
      })),
      calls: await store.calls.list(id),
    })),
  );
}
