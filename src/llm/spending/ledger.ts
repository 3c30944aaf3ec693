import { AndroidGenError } from "../../errors.ts";
import { type Amount, type Bound, minus, noSpending, plus, type Spending } from "./budget.ts";

/** What one run, or one episode, may spend, has spent, and has reserved for calls in flight. */
export interface Account {
  readonly bound: Bound;
  spent: Spending;
  reserved: Amount;
  /** What a call is told that does not fit any more. */
  readonly spentUp: (need: Amount, account: Account) => AndroidGenError;
}

export function openAccount(bound: Bound, spent: Spending, spentUp: Account["spentUp"]): Account {
  return { bound, spent: { ...spent }, reserved: { tokens: 0, usd: 0 }, spentUp };
}

/** What one call reserved, and what it has cost so far. */
export interface Tab {
  /** Books what an attempt cost; the reservation shrinks by it. */
  book(spending: Spending): void;
  /** Brings the reservation back to the worst case, before another attempt. Throws where that does not fit. */
  renew(signal?: AbortSignal): Promise<void>;
  /** Gives back what is still reserved. */
  close(): void;
}

/**
 * Keeps accounts within their bounds while many calls are in flight: each reserves its worst case. One that would
 * fit but for the reservations of others waits for these; one that cannot fit is refused.
 */
export class Ledger {
  readonly #waiting = new Set<() => void>();

  /** Throws what the account says that it does not fit in, or the signal's reason. */
  async open(accounts: readonly Account[], worst: Amount, signal?: AbortSignal): Promise<Tab> {
    await this.#reserve(accounts, worst, signal);
    let held = { ...worst };
    const release = (amount: Amount): void => {
      for (const account of accounts) account.reserved = minus(account.reserved, amount);
      held = minus(held, amount);
    };
    return {
      book: (spending) => {
        const amount = amountOf(spending);
        const covered = { tokens: Math.min(amount.tokens, held.tokens), usd: Math.min(amount.usd, held.usd) };
        release(covered);
        for (const account of accounts) account.spent = plus(account.spent, spending);
        this.#wake();
      },
      renew: async (renewSignal) => {
        const { tokens, usd } = minus(worst, held);
        if (tokens <= 0 && usd <= 0) return;
        // Nobody waits for others while holding what they wait for.
        release(held);
        this.#wake();
        await this.#reserve(accounts, worst, renewSignal);
        held = { ...worst };
      },
      close: () => {
        release(held);
        this.#wake();
      },
    };
  }

  async #reserve(accounts: readonly Account[], need: Amount, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      for (const account of accounts)
        if (!fits(account, need, noSpending)) throw account.spentUp(need, account);
      if (accounts.every((account) => fits(account, need, account.reserved))) break;
      await this.#change(signal);
    }
    for (const account of accounts) {
      account.reserved = {
        tokens: account.reserved.tokens + need.tokens,
        usd: account.reserved.usd + need.usd,
      };
    }
  }

  /** The next time that anything is booked or given back. Calls in flight are bounded, and so is this. */
  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener("abort", done, { once: true });
    });
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }
}

function fits({ bound, spent }: Account, need: Amount, reserved: Amount): boolean {
  const { tokens, usd } = amountOf(spent);
  // A hair's breadth for fractions of cents.
  return (
    tokens + reserved.tokens + need.tokens <= (bound.tokens ?? Number.POSITIVE_INFINITY) &&
    usd + reserved.usd + need.usd <= (bound.usd ?? Number.POSITIVE_INFINITY) + 1e-9
  );
}

function amountOf({ promptTokens, completionTokens, costUsd }: Spending): Amount {
  return { tokens: promptTokens + completionTokens, usd: costUsd };
}
