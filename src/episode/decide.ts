import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, Decision, Observation } from "../agent/index.ts";
import { AndroidGenError } from "../errors.ts";
import { LlmError } from "../llm/index.ts";

/**
 * Waits after failed model calls, on top of the client's own quick retries: a quarter of an hour in all, which is
 * enough for a model server that is restarted and loads its weights.
 */
export const modelWaitsMs: readonly number[] = [
  2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 300_000,
];

/** The longest an endpoint may ask an episode to wait, device and all. */
const longestAskedWaitMs = 15 * 60_000;

/** How long a call in flight may go on after the run was stopped: longer than a model that works takes. */
const lastCallMs = 30_000;

/** Between two signs of life for the device while the model is asked, which with retries takes many minutes. */
const keepAliveMs = 60_000;

export interface DecideOptions {
  /** See `modelWaitsMs`; one retry for each entry. */
  waitsMs: readonly number[];
  /** Ends a wait at once, and a call in flight half a minute later. */
  stop: AbortSignal;
  /** Called before each try and during it, so that the device is not taken for abandoned. */
  keepAlive: () => void;
  /** Told of each failure after which the agent is asked again. */
  onFailure: (error: AndroidGenError, waitMs: number) => void;
}

/**
 * Asks the agent, and asks again while the model endpoint fails: the episode and its device wait.
 * Undefined where it was stopped meanwhile. Throws the endpoint's last error when the waits are used up.
 */
export async function decide(
  agent: Agent,
  observation: Observation,
  options: DecideOptions,
): Promise<Decision | undefined> {
  const lastCall = endOfCalls(options.stop);
  const beat = setInterval(options.keepAlive, keepAliveMs);
  try {
    for (let failures = 0; ; failures++) {
      options.keepAlive();
      try {
        return await agent.decide({ ...observation, signal: lastCall.signal });
      } catch (error) {
        if (lastCall.signal.aborted || (options.stop.aborted && isAbort(error))) return undefined;
        const wait = waitFor(error, options.waitsMs[failures]);
        if (wait === undefined) throw error;
        options.onFailure(error as AndroidGenError, wait);
        if (!(await slept(wait, options.stop))) return undefined;
      }
    }
  } finally {
    clearInterval(beat);
    lastCall.dispose();
  }
}

/** A signal that follows `stop` after `lastCallMs`. */
function endOfCalls(stop: AbortSignal): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => controller.abort(stop.reason), lastCallMs);
  };
  if (stop.aborted) begin();
  else stop.addEventListener("abort", begin, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", begin);
    },
  };
}

/**
 * Whether the model endpoint, rather than this one request, is what failed. A model that has nothing to say to one
 * prompt, however often it is asked, answers others.
 */
export function endpointFailed(error: AndroidGenError): boolean {
  if (error.code === "LLM_EMPTY") return false;
  return error.class === "llm" && (error.retryable || askedWaitMs(error) !== undefined);
}

/** What an agent throws that gave up by itself because it was stopped, such as a person's. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
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
