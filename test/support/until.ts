import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until the answer is yes, for up to 20 s. */
export async function until(ready: () => Promise<boolean>, what = "what the test waits for"): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await ready())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come within 20 s`);
    await sleep(50);
  }
}
