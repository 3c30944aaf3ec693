import { setTimeout as delay } from "node:timers/promises";

/** One look; a server that is there answers at once, as it does nothing for it. */
const statusMs = 2000;

/** Whether an Appium server is ready at `url`. */
export async function appiumAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url.replace(/\/+$/u, "")}/status`, {
      signal: AbortSignal.timeout(statusMs),
    });
    const { value } = (await response.json()) as { value?: { ready?: unknown } };
    return response.ok && value?.ready === true;
  } catch {
    // Nothing listens there, or something that is no Appium.
    return false;
  }
}

/** Between two looks at a server that runs, and how many of them in a row one that is only busy may miss. */
const watching = { lookMs: 5000, mostMissed: 10 };

/** Resolves when the server at `url` has left a row of looks without an answer; rejects when `signal` is aborted. */
export async function fallsSilent(
  url: string,
  signal: AbortSignal,
  { lookMs, mostMissed } = watching,
): Promise<void> {
  for (let missed = 0; missed <= mostMissed;) {
    await delay(lookMs, undefined, { signal, ref: false });
    missed = (await appiumAnswers(url)) ? 0 : missed + 1;
  }
}
