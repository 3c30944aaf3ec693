import { AndroidGenError, errorReport } from "../../errors.ts";
import { backoffMs, longestRetryAfterMs } from "../backoff.ts";
import type { Clock } from "../clock.ts";
import type { ModelChoice } from "../config/config.ts";
import type { Attempt } from "../endpoint/attempt.ts";
import type { BilledUsage, Completion } from "../endpoint/completion.ts";
import type { ModelEvent } from "../events.ts";
import { LlmError } from "../failure.ts";
import { isFault } from "../limits/circuit.ts";
import type { CallSettings, ChatRequest, ChatResponse } from "../model.ts";
import type { Bill } from "../spending/bill.ts";
import { costOf } from "../spending/price.ts";
import { countTokens } from "../tokens.ts";
import type { Route } from "./route.ts";

/** Longest time that a call waits here for models that are left alone; after it, whoever asked waits and says so. */
const patienceMs = 30_000;
/** Longest time that an endpoint keeps everybody out, whatever it asks for. */
const longestHoldMs = 15 * 60_000;
/** Taken for a reply at the gate where a role does not bound it. */
const usualReply = 1_000;

/** The models of one role. */
export interface Lineup {
  /** The preferred one first. */
  routes: readonly Route[];
  /** Who answered last. */
  current: ModelChoice | undefined;
}

export interface CallParts {
  lineup: Lineup;
  settings: CallSettings;
  bill: Bill;
  /** Calls made of one model. */
  maxAttempts: number;
  clock: Clock;
  onEvent: (event: ModelEvent) => void;
}

/**
 * One request, until a model has answered it. The preferred model is asked again while its failures may pass; where it
 * has used up its attempts, is left alone, or will not answer this prompt, the next one is asked. With none left the call
 * waits a little for those that are left alone, and then fails as the most preferred one did.
 */
export class Call {
  readonly #request: ChatRequest;
  readonly #parts: CallParts;
  readonly #tries = new Map<Route, number>();
  readonly #givenUp = new Map<Route, AndroidGenError>();
  #attempts = 0;
  #waitedMs = 0;

  constructor(request: ChatRequest, parts: CallParts) {
    this.#request = request;
    this.#parts = parts;
  }

  async answer(): Promise<ChatResponse> {
    const start = performance.now();
    for (;;) {
      const route = this.#next();
      if (route === undefined) {
        await this.#waitForOne();
        continue;
      }
      const notPreferred = this.#whyNot(this.#parts.lineup.routes[0]!);
      const completion = await this.#try(route);
      if (completion === undefined) continue;
      this.#tellWhoAnswers(route, notPreferred);
      return this.#response(route, completion, performance.now() - start);
    }
  }

  /** The one to ask now. While one call tries a model that was unwell, the others ask the next one, if there is any. */
  #next(): Route | undefined {
    const ready = this.#left().filter(({ awayForMs }) => awayForMs === 0);
    return ready.find(({ isOnTrial }) => !isOnTrial) ?? ready[0];
  }

  /** Those that may still be asked, sooner or later. */
  #left(): Route[] {
    return this.#parts.lineup.routes.filter((route) => !route.isAside && !this.#givenUp.has(route));
  }

  async #waitForOne(): Promise<void> {
    const left = this.#left();
    const wait = Math.min(...left.map(({ awayForMs }) => awayForMs));
    if (left.length === 0 || this.#waitedMs + wait > patienceMs) {
      const failure = this.#failure();
      if (failure !== undefined) throw failure;
      // It came back this very moment.
      return;
    }
    this.#waitedMs += wait;
    await this.#parts.clock.wait(wait, this.#request.signal);
  }

  /** Where the preferred model may come back, waiting helps; where it refuses this prompt, it does not. */
  #failure(): AndroidGenError | undefined {
    const { routes } = this.#parts.lineup;
    return this.#whyNot(routes.find(({ isAside }) => !isAside) ?? routes[0]!);
  }

  /** Why a model is not asked; undefined where it may be. */
  #whyNot(route: Route): AndroidGenError | undefined {
    return this.#givenUp.get(route) ?? route.awayBecause;
  }

  async #try(route: Route): Promise<Completion | undefined> {
    const { bill, settings } = this.#parts;
    const { messages, signal } = this.#request;
    const attempt = { model: route.choice.model, messages, settings, signal };
    if (this.#attempts > 0) await bill.tab.renew(signal);
    const tokens = route.countsTokens ? (await bill.estimate()) + (settings.maxTokens ?? usualReply) : 0;
    const start = performance.now();
    try {
      const completion = await route.attempt(attempt, tokens);
      if (completion !== undefined) this.#attempts++;
      return completion && { ...completion, usage: await this.#told(completion) };
    } catch (error) {
      this.#attempts++;
      signal?.throwIfAborted();
      if (!AndroidGenError.isInstance(error)) throw error;
      await this.#bookFailure(route, error, performance.now() - start);
      const tries = (this.#tries.get(route) ?? 0) + 1;
      this.#tries.set(route, tries);
      if (isFault(error)) await this.#askWhoIsUnwell(route, attempt, error);
      const goesOn = this.#heed(route, error, tries);
      if (goesOn && route.awayForMs === 0 && !heldBack(error)) {
        await this.#parts.clock.wait(backoffMs(tries), signal);
      }
      return undefined;
    }
  }

  async #askWhoIsUnwell(route: Route, attempt: Attempt, { code }: AndroidGenError): Promise<void> {
    const start = performance.now();
    const answer = await route.ask(attempt);
    if (answer === undefined) return;
    const why = `another question was asked after ${code}, to learn whether it answers at all`;
    this.#bookLoss(route, answer.usage, why, performance.now() - start);
  }

  /** Draws the conclusions from a failure; whether this model is worth another attempt. */
  #heed(route: Route, error: AndroidGenError, tries: number): boolean {
    const { lineup, maxAttempts, onEvent } = this.#parts;
    if (error.class === "config") {
      // A wrong key or name of the preferred model is told at once, before a night is spent on its fall-back.
      const mistake = route === lineup.routes[0] && !route.answered && error.code !== "LLM_QUOTA_USED_UP";
      if (mistake || lineup.routes.length === 1) throw error;
      route.setAside(error);
    }
    const asked = error instanceof LlmError ? error.retryAfterMs : undefined;
    if (heldBack(error)) {
      const forMs = Math.min(asked ?? backoffMs(tries), longestHoldMs);
      const newly = route.holdBack(forMs, error);
      // Calls in flight together are all told to wait, which is worth saying once.
      if (newly && asked !== undefined)
        onEvent({ type: "held-back", endpoint: route.choice.endpoint, forMs });
    }
    if (error.retryable && tries < maxAttempts && (asked ?? 0) <= longestRetryAfterMs) return true;
    this.#givenUp.set(route, error);
    return false;
  }

  /** What a failed attempt cost: as told, or its prompt where the endpoint had it and may bill it. */
  async #bookFailure(route: Route, error: AndroidGenError, latencyMs: number): Promise<void> {
    const why = `${error.code}: ${error.message}`;
    if (error instanceof LlmError && error.usage !== undefined)
      this.#bookLoss(route, error.usage, why, latencyMs);
    else if (mayBeBilled(error)) {
      const promptTokens = await this.#parts.bill.estimate();
      this.#bookLoss(route, { promptTokens, completionTokens: 0, cachedTokens: 0 }, why, latencyMs);
    }
  }

  /** What is booked is told as well: the records and the budget must come to the same. */
  #bookLoss({ choice, price }: Route, usage: BilledUsage, failure: string, latencyMs: number): void {
    const { promptTokens, completionTokens } = usage;
    const costUsd = price === undefined ? undefined : costOf(price, usage);
    this.#parts.bill.tab.book({ calls: 1, promptTokens, completionTokens, costUsd: costUsd ?? 0 });
    this.#request.onLoss?.({
      text: "",
      failure,
      endpoint: choice.endpoint,
      settings: this.#parts.settings,
      ...(costUsd === undefined ? {} : { costUsd }),
      model: choice.model,
      usage: { promptTokens, completionTokens },
      latencyMs,
      attempts: 1,
    });
  }

  /** The endpoint's own count, or ours where it has none: budgets must see what is spent. */
  async #told({ usage, text, thinking }: Completion): Promise<BilledUsage> {
    if (usage.promptTokens > 0 || usage.completionTokens > 0) return usage;
    const promptTokens = await this.#parts.bill.estimate();
    return { promptTokens, completionTokens: countTokens(text) + countTokens(thinking), cachedTokens: 0 };
  }

  /** @param error why the preferred model was not asked. */
  #tellWhoAnswers(route: Route, error: AndroidGenError | undefined): void {
    const { lineup, onEvent } = this.#parts;
    const [preferred] = lineup.routes;
    const changed = (lineup.current ?? preferred!.choice) !== route.choice;
    lineup.current = route.choice;
    if (!changed || route === preferred || error === undefined) return;
    const { role } = this.#request;
    onEvent({
      type: "fell-back",
      role,
      from: preferred!.choice,
      to: route.choice,
      error: errorReport(error),
    });
  }

  #response({ choice, price }: Route, completion: Completion, latencyMs: number): ChatResponse {
    const { text, thinking, model, usage, truncated } = completion;
    const { promptTokens, completionTokens } = usage;
    return {
      text,
      ...(thinking === "" ? {} : { thinking }),
      endpoint: choice.endpoint,
      settings: this.#parts.settings,
      ...(price === undefined ? {} : { costUsd: costOf(price, usage) }),
      model: model === "" ? choice.model : model,
      usage: { promptTokens, completionTokens },
      latencyMs,
      attempts: this.#attempts,
      ...(truncated ? { truncated: true } : {}),
    };
  }
}

/** Whether the endpoint may have written an answer that did not come, or not whole. */
function mayBeBilled({ code, cause }: AndroidGenError): boolean {
  if (code === "LLM_PROMPT_FAILS") return AndroidGenError.isInstance(cause) && mayBeBilled(cause);
  return code === "LLM_TIMEOUT" || code === "LLM_BAD_RESPONSE";
}

/** Whether a failure holds for every caller of its endpoint. */
function heldBack(error: AndroidGenError): boolean {
  return error.code === "LLM_RATE_LIMITED" || (error instanceof LlmError && error.retryAfterMs !== undefined);
}
