import type { AndroidGenError } from "../../errors.ts";
import type { Clock } from "../clock.ts";
import { llmError } from "../failure.ts";
import { Bucket } from "./bucket.ts";

/** Longest wait at a gate. */
const longestWaitMs = 10 * 60_000;

export interface GateLimits {
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  concurrency?: number;
}

/** The right to make one call; its holder gives it back. */
export interface Pass {
  /** Tokens that the call came to; what was reserved where nobody knows. */
  settle(tokens?: number): void;
}

interface Waiter {
  tokens: number;
  pass: (pass: Pass) => void;
  fail: (error: unknown) => void;
}

/**
 * Where calls to one endpoint line up, whoever makes them: first come, first served, within its requests and tokens per
 * minute and its calls at once. Tokens are reserved before a call and settled after it.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #requests: Bucket | undefined;
  readonly #tokens: Bucket | undefined;
  readonly #concurrency: number;
  readonly #queue: Waiter[] = [];
  readonly #end = new AbortController();
  #inside = 0;
  #closedUntil = 0;
  #heldBecause: AndroidGenError | undefined;
  /** Ends the wait for the first in the queue. */
  #alarm = new AbortController();

  constructor(limits: GateLimits, clock: Clock) {
    const { requestsPerMinute, tokensPerMinute, concurrency } = limits;
    this.#clock = clock;
    const bucket = (perMinute?: number) => perMinute && new Bucket(perMinute, clock.now());
    this.#requests = bucket(requestsPerMinute) || undefined;
    this.#tokens = bucket(tokensPerMinute) || undefined;
    this.#concurrency = concurrency ?? Number.POSITIVE_INFINITY;
  }

  /** Whether tokens matter here, so that they are worth an estimate. */
  get countsTokens(): boolean {
    return this.#tokens !== undefined;
  }

  /** Milliseconds that the endpoint still wants to be left alone. */
  get heldForMs(): number {
    return Math.max(0, this.#closedUntil - this.#clock.now());
  }

  /** What the endpoint said when it asked for that the last time. */
  get heldBecause(): AndroidGenError | undefined {
    return this.#heldBecause;
  }

  /** Keeps everybody out for so long: the endpoint asked for it. Whether nobody was kept out until now. */
  holdBack(ms: number, why: AndroidGenError): boolean {
    const newly = this.heldForMs === 0;
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms);
    this.#heldBecause = why;
    return newly;
  }

  /**
   * Waits for a call's turn. Throws the signal's reason, or `LLM_RATE_LIMITED` after ten minutes.
   * @param tokens are an estimate, reply included.
   */
  async enter(tokens: number, signal?: AbortSignal): Promise<Pass> {
    signal?.throwIfAborted();
    this.#end.signal.throwIfAborted();
    const { promise, resolve, reject } = withResolvers<Pass>();
    const waiter: Waiter = { tokens, pass: resolve, fail: reject };
    this.#queue.push(waiter);
    this.#letIn();
    if (!this.#queue.includes(waiter)) return promise;
    const done = new AbortController();
    const leave = (): void => this.#leave(waiter, signal!.reason);
    signal?.addEventListener("abort", leave, { once: true });
    void this.#giveUp(waiter, done.signal);
    try {
      return await promise;
    } finally {
      done.abort();
      signal?.removeEventListener("abort", leave);
    }
  }

  /** Sends away whoever waits. */
  close(): void {
    this.#end.abort(llmError("LLM_CLOSED", "The model layer was closed.", { retryable: false }));
    this.#alarm.abort();
    for (const waiter of this.#queue.splice(0)) waiter.fail(this.#end.signal.reason);
  }

  #letIn(): void {
    this.#alarm.abort();
    for (;;) {
      const [first] = this.#queue;
      if (first === undefined || this.#inside >= this.#concurrency) return;
      const now = this.#clock.now();
      const waitMs = Math.max(
        this.heldForMs,
        this.#requests?.msUntil(1, now) ?? 0,
        this.#tokens?.msUntil(first.tokens, now) ?? 0,
      );
      if (waitMs > 0) {
        this.#alarm = new AbortController();
        return void this.#wake(waitMs, this.#alarm.signal);
      }
      this.#queue.shift();
      this.#requests?.take(1, now);
      this.#tokens?.take(first.tokens, now);
      this.#inside++;
      first.pass(this.#passFor(first.tokens));
    }
  }

  #passFor(reserved: number): Pass {
    let open = true;
    return {
      settle: (tokens = reserved) => {
        if (!open) return;
        open = false;
        this.#inside--;
        this.#tokens?.giveBack(reserved - tokens);
        this.#letIn();
      },
    };
  }

  async #wake(ms: number, alarm: AbortSignal): Promise<void> {
    try {
      await this.#clock.wait(ms, alarm);
    } catch {
      // Something changed, and was looked at.
      return;
    }
    this.#letIn();
  }

  async #giveUp(waiter: Waiter, done: AbortSignal): Promise<void> {
    try {
      await this.#clock.wait(longestWaitMs, done);
    } catch {
      // It had its turn.
      return;
    }
    const why =
      "A model call waited ten minutes for its turn. Raise the endpoint's limits, or use fewer devices.";
    this.#leave(waiter, llmError("LLM_RATE_LIMITED", why));
  }

  #leave(waiter: Waiter, reason: unknown): void {
    const place = this.#queue.indexOf(waiter);
    if (place === -1) return;
    this.#queue.splice(place, 1);
    waiter.fail(reason);
    // Those behind it may need less, and nobody may be left to wait for.
    this.#letIn();
  }
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
