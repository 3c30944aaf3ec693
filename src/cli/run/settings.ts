import type { AgentSpec } from "../../agent/index.ts";
import { agentSpecOf } from "../../agent/index.ts";
import type { ModelConfig, RoleConfig } from "../../llm/index.ts";
import type { RunSettings, StoredRun } from "../../store/index.ts";
import type { ModelOptions } from "../connect.ts";
import { describeModels } from "../model.ts";
import type { DriverName } from "./driver.ts";

/** What a run does besides its tasks: stored with it, so that it goes on the same way. */
export interface RunBehaviour {
  agent: AgentSpec;
  driver: DriverName;
  /** Emulator snapshot loaded before each episode. */
  snapshot?: string;
  /** Absent where no model is asked. */
  models?: ModelConfig;
  budget?: StoredBudget;
}

type BudgetKey = "budgetTokens" | "budgetUsd" | "episodeTokens" | "episodeUsd";
export type StoredBudget = Partial<Record<BudgetKey, number>>;
const budgetKeys: readonly BudgetKey[] = ["budgetTokens", "budgetUsd", "episodeTokens", "episodeUsd"];
const samplingKeys = ["temperature", "thinking", "maxTokens"] as const;

/** Recorded with the run: no key, no address, no path. */
export function settingsOf({ agent, driver, snapshot, models, budget = {} }: RunBehaviour): RunSettings {
  return {
    agent,
    driver,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(models === undefined ? {} : { models: describeModels(models) }),
    ...(Object.keys(budget).length === 0 ? {} : { budget }),
  };
}

export function budgetOf(options: ModelOptions): StoredBudget {
  return pick(options, budgetKeys);
}

/** How a stored run goes on. */
export function behaviourOf({ settings }: StoredRun): Pick<RunBehaviour, "agent" | "driver" | "snapshot"> {
  const { snapshot, driver } = settings;
  return {
    agent: agentSpecOf(settings),
    // Runs that are older than the choice were all driven over adb.
    driver: driver === "appium" ? "appium" : "adb",
    ...(typeof snapshot === "string" ? { snapshot } : {}),
  };
}

/** A resumed run samples as it did, within the budget it had, unless told otherwise: one dataset, one temperature. */
export function askedAsBefore(options: ModelOptions, { settings }: StoredRun): ModelOptions {
  const { models, budget, temperature } = settings as {
    models?: { policy?: string | Partial<RoleConfig> };
    budget?: StoredBudget;
    temperature?: number;
  };
  const policy = typeof models?.policy === "object" ? models.policy : {};
  // Where runs recorded it before they recorded each role's settings. A models file has its own for each role.
  const before = temperature === undefined ? pick(policy, samplingKeys) : { temperature };
  const sampling = options.models === undefined ? before : {};
  return { ...options, ...sampling, ...budget, ...pick(options, [...samplingKeys, ...budgetKeys]) };
}

/** Those of the properties that are there. */
function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(
    keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])),
  ) as Partial<Pick<T, K>>;
}
