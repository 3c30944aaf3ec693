import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, Decision, Observation } from "../agent/index.ts";
import { AndroidGenError } from "../errors.ts";
import { LlmError } from "../llm/index.ts";

/** Waits after failed model calls, on top of the client's own quick retries: about two minutes in all. */
export const modelWaitsMs: readonly number[] = [2_000, 5_000, 15_000, 30_000, 60_000];

/** The longest an endpoint may ask an episode to wait, device and all. */
const longestAskedWaitMs = 15 * 60_000;

export interface DecideOptions {
  /** See `modelWaitsMs`; one retry for each entry. */
  waitsMs: readonly number[];
  /** Ends a wait at once; a call in flight goes on. */
  stop: AbortSignal;
  /** Called before each try, so that the device is not taken for abandoned. */
  keepAlive: () => void;
}

/**
 * Asks the agent, and asks again while the model endpoint fails: the episode and its device wait.
 * Undefined where it was stopped while waiting. Throws the endpoint's last error when the waits are used up.
 */
export async function decide(
  agent: Agent,
  observation: Observation,
  options: DecideOptions,
): Promise<Decision | undefined> {
  for (let failures = 0; ; failures++) {
    options.keepAlive();
    try {
      return await agent.decide(observation);
    } catch (error) {
      const wait = waitFor(error, options.waitsMs[failures]);
      if (wait === undefined) throw error;
      if (!(await slept(wait, options.stop))) return undefined;
    }
  }
}

/** Whether the model endpoint, rather than this one request, is what failed. */
export function endpointFailed(error: AndroidGenError): boolean {
  return error.class === "llm" && (error.retryable || askedWaitMs(error) !== undefined);
}

function waitFor(error: unknown, wait: number | undefined): number | undefined {
  if (wait === undefined || !AndroidGenError.isInstance(error) || !endpointFailed(error)) return undefined;
  const asked = askedWaitMs(error) ?? 0;
  return asked > longestAskedWaitMs ? undefined : Math.max(wait, asked);
}

function askedWaitMs(error: AndroidGenError): number | undefined {
  return error instanceof LlmError ? error.retryAfterMs : undefined;
}

async function slept(ms: number, stop: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: stop });
    return true;
  } catch (error) {
    if (stop.aborted) return false;
    throw error;
  }
}
