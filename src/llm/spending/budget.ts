/** What was spent on calls. Tokens are prompt and completion, thinking included. */
export interface Spending {
  calls: number;
  promptTokens: number;
  completionTokens: number;
  /** US dollars, of the calls whose price is known. */
  costUsd: number;
}

export const nothingSpent: Readonly<Spending> = {
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  costUsd: 0,
};

/** Hard bounds: a call is made only where its worst case fits what is left. */
export interface Budget {
  /** Of the whole run, prompt and completion. */
  tokens?: number;
  usd?: number;
  /** Of each episode. */
  episodeTokens?: number;
  episodeUsd?: number;
}

/** Of one run or one episode; unbounded where absent. */
export interface Bound {
  tokens?: number | undefined;
  usd?: number | undefined;
}

export interface Amount {
  tokens: number;
  usd: number;
}

export const noSpending: Amount = { tokens: 0, usd: 0 };

export function minus(a: Amount, b: Amount): Amount {
  return { tokens: a.tokens - b.tokens, usd: a.usd - b.usd };
}

export function plus(a: Spending, b: Spending): Spending {
  return {
    calls: a.calls + b.calls,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    costUsd: a.costUsd + b.costUsd,
  };
}
