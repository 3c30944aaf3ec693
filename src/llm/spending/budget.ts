/** What was spent on calls. Tokens are prompt and completion, thinking included. */
export interface Spending {
  calls: number;
  promptTokens: number;
  completionTokens: number;
  /** US dollars, of the calls whose price is known. */
  costUsd: number;
}

/** Hard bounds: a call is made only where its worst case fits what is left. */
export interface Budget {
  /** Of the whole run, prompt and completion. */
  tokens?: number;
  usd?: number;
  /** Of each episode. */
  episodeTokens?: number;
  episodeUsd?: number;
}
