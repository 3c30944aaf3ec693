import { type Clock, wallClock } from "./clock.ts";
import type { ModelConfig } from "./config/config.ts";
import type { ModelEvent } from "./events.ts";
import type { ChatModel } from "./model.ts";
import { type Models, openModels } from "./route/models.ts";
import { bills } from "./spending/bill.ts";
import { type Budget, noSpending, nothingSpent, type Spending } from "./spending/budget.ts";
import { estimatePrompt, Estimates } from "./spending/estimate.ts";
import { type Account, Ledger, openAccount } from "./spending/ledger.ts";
import {
  budgetRoles,
  episodeSpentUp,
  isBounded,
  requirePrices,
  requireSomethingLeft,
  runSpentUp,
  worstCase,
} from "./spending/bounds.ts";

/** The models of a run: one door for all of its devices, so that limits and budgets are kept together. */
export interface ModelLayer {
  /** For calls that belong to no episode. */
  readonly model: ChatModel;
  /**
   * For the calls of one episode, whose budget begins with what it has spent already. Asked again for an
   * episode it goes on with the same account.
   */
  forEpisode(episodeId: string, spent?: Spending): ChatModel;
  /** Of this run so far, earlier processes included. */
  spent(): Spending;
  /** Ends waits that are still under way; call it when nothing is asked any more. */
  close(): Promise<void>;
}

export interface ModelLayerOptions {
  budget?: Budget;
  /** By earlier processes of the same run. */
  spent?: Spending;
  /** Stands between endpoints and budgets, as a cassette does. */
  wrap?: (model: ChatModel) => ChatModel;
  onEvent?: (event: ModelEvent) => void;
  /** Calls made of one model for one request before it counts as failed. */
  maxAttempts?: number;
  /** Where keys are. */
  env?: NodeJS.ProcessEnv;
  /** The wall clock where not given. */
  clock?: Clock;
}

const usualAttempts = 6;

/**
 * Makes the model layer of a run. Throws class `config` for what its user must mend: `KEY_MISSING`, `LLM_BAD_KEY`,
 * `LLM_BAD_URL`, `PRICE_MISSING`.
 *
 * A call throws `AndroidGenError`: class `llm` where waiting may help (`retryable`) or this prompt has no answer;
 * `config` where its user must mend something (`LLM_KEY_REFUSED`, `LLM_MODEL_NOT_FOUND`, `LLM_QUOTA_USED_UP`,
 * `BUDGET_SPENT`); `agent` where the episode has used up its budget (`EPISODE_BUDGET_SPENT`). An aborted call throws the
 * reason of its signal.
 */
export function createModelLayer(config: ModelConfig, options: ModelLayerOptions = {}): ModelLayer {
  const { budget = {}, wrap = (model: ChatModel) => model } = options;
  const roles = isBounded(budget) ? budgetRoles(config.roles) : config.roles;
  const used = { ...config, roles };
  requirePrices(used, budget);
  requireSomethingLeft(budget, options.spent ?? nothingSpent);
  const models = openModels(used, {
    maxAttempts: options.maxAttempts ?? usualAttempts,
    env: options.env ?? process.env,
    clock: options.clock ?? wallClock,
    onEvent: options.onEvent ?? (() => {}),
  });
  return new Layer(used, budget, models, wrap(models), options.spent ?? nothingSpent).door();
}

class Layer {
  readonly #config: ModelConfig;
  readonly #budget: Budget;
  readonly #models: Models;
  readonly #asked: ChatModel;
  readonly #run: Account;
  readonly #episodes = new Map<string, Account>();
  readonly #ledger = new Ledger();
  readonly #estimates = new Estimates();

  constructor(config: ModelConfig, budget: Budget, models: Models, asked: ChatModel, spent: Spending) {
    this.#config = config;
    this.#budget = budget;
    this.#models = models;
    this.#asked = asked;
    this.#run = openAccount({ tokens: budget.tokens, usd: budget.usd }, spent, runSpentUp);
  }

  door(): ModelLayer {
    return {
      model: this.#billed([this.#run]),
      forEpisode: (episodeId, spent = nothingSpent) =>
        this.#billed([this.#episode(episodeId, spent), this.#run]),
      spent: () => ({ ...this.#run.spent }),
      close: async () => this.#models.close(),
    };
  }

  #episode(id: string, spent: Spending): Account {
    const known = this.#episodes.get(id);
    if (known !== undefined) return known;
    const { episodeTokens: tokens, episodeUsd: usd } = this.#budget;
    const account = openAccount({ tokens, usd }, spent, episodeSpentUp);
    this.#episodes.set(id, account);
    return account;
  }

  /** Calls whose cost goes to these accounts, the narrowest first. */
  #billed(accounts: readonly Account[]): ChatModel {
    const bounded = isBounded(this.#budget);
    return {
      complete: async (request) => {
        let counted: Promise<number> | undefined;
        const estimate = () => (counted ??= estimatePrompt(request.messages));
        const worst = bounded
          ? worstCase(this.#config, request.role, this.#estimates.bound(await estimate()))
          : noSpending;
        const tab = await this.#ledger.open(accounts, worst, request.signal);
        try {
          const response = await bills.run({ tab, estimate }, () => this.#asked.complete(request));
          const { usage, costUsd = 0 } = response;
          tab.book({ calls: 1, ...usage, costUsd });
          if (bounded) this.#estimates.saw(await estimate(), usage.promptTokens);
          return response;
        } finally {
          tab.close();
        }
      },
    };
  }
}
