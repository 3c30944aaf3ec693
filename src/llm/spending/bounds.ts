import { AndroidGenError, configError } from "../../errors.ts";
import type { ModelConfig, RoleConfig } from "../config/config.ts";
import type { ModelRole } from "../model.ts";
import type { Amount, Bound, Budget, Spending } from "./budget.ts";
import type { Account } from "./ledger.ts";
import { costOf } from "./price.ts";

/** Longest replies where a budget needs a bound and the configuration has none; thinking takes far more. */
const longestReply = 2_048;
const longestThought = 8_192;

export function isBounded(budget: Budget | Bound): boolean {
  return Object.values(budget).some((bound) => bound !== undefined);
}

/** Roles whose replies are bounded, without which no call has a worst case. */
export function budgetRoles(roles: ModelConfig["roles"]): ModelConfig["roles"] {
  const bounded = (role: RoleConfig): RoleConfig => ({
    ...role,
    maxTokens:
      role.maxTokens ?? (role.thinking === "on" || role.thinking === "auto" ? longestThought : longestReply),
  });
  return { policy: bounded(roles.policy), planner: bounded(roles.planner), critic: bounded(roles.critic) };
}

/** Throws `PRICE_MISSING` (class `config`) where dollars are bounded and a model has no price. */
export function requirePrices({ roles, prices }: ModelConfig, budget: Budget): void {
  if (budget.usd === undefined && budget.episodeUsd === undefined) return;
  const models = new Set(Object.values(roles).flatMap(({ use }) => use.map(({ model }) => model)));
  const missing = [...models].filter((model) => !Object.hasOwn(prices, model));
  if (missing.length === 0) return;
  throw configError(
    "PRICE_MISSING",
    `A budget in dollars needs the price of every model, and there is none of ${missing.join(", ")}. ` +
      "Write it under prices in the models file, or give a budget in tokens.",
  );
}

/** Throws `BUDGET_SPENT` (class `config`) where earlier processes have left nothing of a run's budget. */
export function requireSomethingLeft({ tokens, usd }: Budget, spent: Spending): void {
  const used = spent.promptTokens + spent.completionTokens;
  const bound: Bound = {
    tokens: tokens !== undefined && used >= tokens ? tokens : undefined,
    usd: usd !== undefined && spent.costUsd >= usd ? usd : undefined,
  };
  if (isBounded(bound)) throw runSpent(words({ bound, spent }));
}

/** What a call costs at most: the dearest model of its role, with the longest reply. */
export function worstCase({ roles, prices }: ModelConfig, role: ModelRole, promptTokens: number): Amount {
  const { use, maxTokens: completionTokens = 0 } = roles[role];
  const usage = { promptTokens, completionTokens, cachedTokens: 0 };
  const costs = use.map(({ model }) => (Object.hasOwn(prices, model) ? costOf(prices[model]!, usage) : 0));
  return { tokens: promptTokens + completionTokens, usd: Math.max(0, ...costs) };
}

export function runSpentUp(need: Amount, account: Account): AndroidGenError {
  return runSpent(words(account, need));
}

function runSpent(what: string): AndroidGenError {
  const message = `The budget of this run is spent: ${what}. Resume it with a larger one.`;
  return configError("BUDGET_SPENT", message);
}

export function episodeSpentUp(need: Amount, account: Account): AndroidGenError {
  const message = `The budget of this episode is spent: ${words(account, need)}.`;
  return new AndroidGenError(message, { code: "EPISODE_BUDGET_SPENT", class: "agent" });
}

/** @param need of a call that does not fit, where there is one. */
function words({ bound, spent }: Pick<Account, "bound" | "spent">, need?: Amount): string {
  const tokens = spent.promptTokens + spent.completionTokens;
  const said: string[] = [];
  if (bound.tokens !== undefined) {
    const next = need === undefined ? "" : `, and the next call may take ${need.tokens}`;
    said.push(`${tokens} of ${bound.tokens} tokens are used${next}`);
  }
  if (bound.usd !== undefined) {
    const next = need === undefined ? "" : `, and the next call may take $${need.usd.toFixed(4)}`;
    said.push(`$${spent.costUsd.toFixed(4)} of $${bound.usd} are used${next}`);
  }
  return said.join("; ");
}
