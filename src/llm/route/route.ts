import { AndroidGenError, errorReport } from "../../errors.ts";
import type { Clock } from "../clock.ts";
import type { ModelChoice, Price } from "../config/config.ts";
import { type Attempt, attemptOnce } from "../endpoint/attempt.ts";
import type { Completion } from "../endpoint/completion.ts";
import type { Server } from "../endpoint/server.ts";
import type { ModelEvent } from "../events.ts";
import { LlmError, llmError } from "../failure.ts";
import { Circuit, isFault } from "../limits/circuit.ts";
import type { Gate } from "../limits/gate.ts";
import { Blame } from "./blame.ts";

/** A model that its owner must mend is tried again after so long. */
const asideMs = 10 * 60_000;
/** Longest time that a call waits at the gate of an endpoint that asked to be left alone. */
const longestHoldMs = 60_000;

/** An endpoint, with what all of its callers share. */
export interface SharedEndpoint {
  server: Server;
  gate: Gate;
}

export interface RouteParts {
  choice: ModelChoice;
  endpoint: SharedEndpoint;
  price: Price | undefined;
  clock: Clock;
  onEvent: (event: ModelEvent) => void;
}

/** One model on one endpoint, as everybody asks it: in turn, and not while it is unwell. */
export class Route {
  readonly choice: ModelChoice;
  readonly price: Price | undefined;
  readonly #server: Server;
  readonly #gate: Gate;
  readonly #circuit: Circuit;
  readonly #clock: Clock;
  readonly #blame = new Blame();
  #answered = false;
  #asideUntil = Number.NEGATIVE_INFINITY;
  #asideBecause: AndroidGenError | undefined;

  constructor({ choice, endpoint, price, clock, onEvent }: RouteParts) {
    this.choice = choice;
    this.price = price;
    this.#server = endpoint.server;
    this.#gate = endpoint.gate;
    this.#clock = clock;
    this.#circuit = new Circuit(clock, {
      opened: (error, retryInMs) =>
        onEvent({ type: "circuit-opened", ...choice, retryInMs, error: errorReport(error) }),
      closed: () => onEvent({ type: "circuit-closed", ...choice }),
    });
  }

  /** Whether it ever answered: then its name and its key were right. */
  get answered(): boolean {
    return this.#answered;
  }

  get countsTokens(): boolean {
    return this.#gate.countsTokens;
  }

  get isAside(): boolean {
    return this.#clock.now() < this.#asideUntil;
  }

  /** Milliseconds until it may be asked; 0 where it may be now. */
  get awayForMs(): number {
    const held = this.#gate.heldForMs;
    return Math.max(this.#circuit.openForMs, held > longestHoldMs ? held : 0);
  }

  /** One call tries whether it is well again; who asks it now waits for what becomes of that. */
  get isOnTrial(): boolean {
    return this.#circuit.isOnTrial;
  }

  /** Why it is set aside, away or on trial; undefined where it is none of these. Another model's call may be to blame. */
  get awayBecause(): AndroidGenError | undefined {
    if (this.isAside) return this.#asideBecause;
    if (this.#circuit.openForMs > 0 || this.isOnTrial) return this.#circuit.lastFault;
    return this.awayForMs > 0 ? this.#gate.heldBecause : undefined;
  }

  /** Leaves it alone for ten minutes: only its owner can mend it. */
  setAside(why: AndroidGenError): void {
    this.#asideUntil = this.#clock.now() + asideMs;
    this.#asideBecause = why;
  }

  /** Keeps everybody from the endpoint, as it asked. Whether nobody was kept from it until now. */
  holdBack(ms: number, why: AndroidGenError): boolean {
    return this.#gate.holdBack(ms, why);
  }

  /**
   * One attempt, in its turn. Undefined where it was not made, as the circuit had opened meanwhile. Throws the failure, which
   * is not retryable where the prompt is to blame.
   * @param tokens that are reserved for it at the gate.
   */
  async attempt(attempt: Attempt, tokens: number): Promise<Completion | undefined> {
    const pass = await this.#gate.enter(tokens, attempt.signal);
    let used: number | undefined;
    try {
      const completion = await this.#circuit.run(() => attemptOnce(this.#server, attempt), attempt.signal);
      if (completion === undefined) {
        used = 0;
        return undefined;
      }
      used = tokensIn(completion.usage) || undefined;
      this.#answered = true;
      this.#blame.answered(attempt.messages);
      return completion;
    } catch (error) {
      if (error instanceof LlmError && error.usage !== undefined) used = tokensIn(error.usage) || undefined;
      throw this.#judged(error, attempt);
    } finally {
      pass.settle(used);
    }
  }

  /**
   * Asks one short question where a prompt fails again and again and nothing else was answered meanwhile, to learn
   * which of the two is unwell. What it cost; undefined where it was not asked or not answered.
   */
  async ask(attempt: Attempt): Promise<Completion | undefined> {
    if (this.awayForMs > 0 || !this.#blame.isOpenQuestion(attempt.messages)) return undefined;
    const question: Attempt = {
      ...attempt,
      messages: [{ role: "user", content: "Reply with one word: ready" }],
      settings: { maxTokens: 16 },
    };
    const pass = await this.#gate.enter(32, attempt.signal);
    try {
      const completion = await this.#circuit.run(() => attemptOnce(this.#server, question), attempt.signal);
      if (completion !== undefined) this.#blame.answeredQuestion();
      return completion;
    } catch (error) {
      attempt.signal?.throwIfAborted();
      // A model that thinks first has no word left of sixteen tokens, but it answers.
      if (error instanceof LlmError && error.code === "LLM_EMPTY") this.#blame.answeredQuestion();
      return undefined;
    } finally {
      pass.settle();
    }
  }

  #judged(error: unknown, { messages }: Attempt): unknown {
    if (!isFault(error)) return error;
    // Nobody listening has nothing to do with the prompt.
    if (error.code === "LLM_UNREACHABLE" || !this.#blame.failed(messages)) return error;
    return llmError(
      "LLM_PROMPT_FAILS",
      `${this.choice.model} fails on this prompt again and again, and answers others. The last time: ${error.message}`,
      { retryable: false, cause: error },
    );
  }
}

function tokensIn({ promptTokens, completionTokens }: Completion["usage"]): number {
  return promptTokens + completionTokens;
}
