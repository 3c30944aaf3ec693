import { setImmediate } from "node:timers/promises";

const longestMs = 20;
let last = performance.now();

/**
 * Lets the event loop turn where scripts have kept it busy for a while. A loop of commands never
 * waits for anything, so without this nobody could end it, and no other device would be served.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - last < longestMs) return;
  await setImmediate();
  last = performance.now();
}
