import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  handleWhen,
  IterableBackoff,
} from "cockatiel";
import { AndroidGenError } from "../../errors.ts";
import type { Clock } from "../clock.ts";

/** Failures in a row, of any callers, after which a model is left alone. */
const failuresInARow = 5;
/** For how long, the first time and those after it, until one call gets through. */
const openMs = [5_000, 10_000, 20_000, 30_000] as const;

/** Whether a failure says that the endpoint is unwell, rather than busy, or that it cannot do with this one request. */
export function isFault(error: unknown): error is AndroidGenError {
  return AndroidGenError.isInstance(error) && faults.has(error.code);
}
const faults = new Set(["LLM_TIMEOUT", "LLM_UNREACHABLE", "LLM_SERVER_ERROR", "LLM_BAD_RESPONSE"]);

export interface CircuitEvents {
  opened: (error: AndroidGenError, retryInMs: number) => void;
  closed: () => void;
}

/**
 * The circuit breaker of one model on one endpoint: after five failures in a row it is left alone for a while, then one
 * call tries it, while the others wait for what becomes of that.
 */
export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  readonly #clock: Clock;
  #openUntil = 0;
  #openings = 0;
  #lastFault: AndroidGenError | undefined;

  constructor(clock: Clock, events: CircuitEvents) {
    this.#clock = clock;
    this.#policy = circuitBreaker(
      // A trial that its caller gave up has shown nothing: that must not close the circuit.
      handleWhen((error) => isFault(error) || (this.isOnTrial && !AndroidGenError.isInstance(error))),
      {
        breaker: new ConsecutiveBreaker(failuresInARow),
        halfOpenAfter: new IterableBackoff(openMs.map((ms) => ms / clock.speed)),
      },
    );
    this.#policy.onBreak(() => {
      const ms = openMs[Math.min(this.#openings++, openMs.length - 1)]!;
      this.#openUntil = clock.now() + ms;
      if (this.#lastFault !== undefined) events.opened(this.#lastFault, ms);
    });
    this.#policy.onReset(() => {
      this.#openings = 0;
      events.closed();
    });
  }

  /** Milliseconds until a call may try it; 0 where it is closed, or tried just now. */
  get openForMs(): number {
    if (this.#policy.state !== CircuitState.Open) return 0;
    return Math.max(0, this.#openUntil - this.#clock.now());
  }

  /** The failure that opened it. */
  get lastFault(): AndroidGenError | undefined {
    return this.#lastFault;
  }

  /** One call tries it just now. */
  get isOnTrial(): boolean {
    return this.#policy.state === CircuitState.HalfOpen;
  }

  /** Makes the call; undefined where it was not made, as the circuit is open. An aborted wait throws the signal's reason. */
  async run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    signal?.throwIfAborted();
    const made = this.#policy.execute(async () => {
      try {
        return await call();
      } catch (error) {
        if (isFault(error)) this.#lastFault = error;
        throw error;
      }
    });
    try {
      return await unlessAborted(made, signal);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      // The policy's clock may be a moment behind ours.
      this.#openUntil = Math.max(this.#openUntil, this.#clock.now() + 5 * this.#clock.speed);
      return undefined;
    }
  }
}

/** The policy's own wait for another call's trial knows no signal. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line prefer-promise-reject-errors -- the reason is the caller's own
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
