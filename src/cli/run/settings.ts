import type { AgentSpec } from "../../agent/index.ts";
import { agentSpecOf, defaultAgentSpec } from "../../agent/index.ts";
import { type AndroidGenError, configError } from "../../errors.ts";
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
  /** SHA-256 of the app interfaces that the user declared. */
  ownApis?: string;
  budget?: StoredBudget;
}

type BudgetKey = "budgetTokens" | "budgetUsd" | "episodeTokens" | "episodeUsd";
export type StoredBudget = Partial<Record<BudgetKey, number>>;
const budgetKeys: readonly BudgetKey[] = ["budgetTokens", "budgetUsd", "episodeTokens", "episodeUsd"];
const samplingKeys = ["temperature", "thinking", "maxTokens"] as const;

/** Recorded with the run: no key, no address, no path. */
export function settingsOf(behaviour: RunBehaviour): RunSettings {
  const { agent, driver, snapshot, models, ownApis, budget = {} } = behaviour;
  return {
    agent,
    driver,
    ...(ownApis === undefined ? {} : { ownApis }),
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

/**
 * What a run has from files of the host, which must be named again when it goes on. Throws `RESUME_CHANGES` (class
 * `config`) where they are others than it was started with.
 * @param own SHA-256 of the user's app interfaces
 * @param by what ExpSearch compares goals by
 */
export function requireSameFiles(stopped: StoredRun, own: string | undefined, by: string): void {
  const before = agentSpecOf(stopped.settings).expSearch.by;
  if (own !== stopped.settings["ownApis"]) throw changed("--apis", stopped.settings["ownApis"] === undefined);
  if (by !== before) throw changed("--embeddings", before === defaultAgentSpec("androidgen").expSearch.by);
}

function changed(flag: string, without: boolean): AndroidGenError {
  const [before, mend] = without ? ["without", "leave that out"] : ["with its own", "name the same again"];
  return configError(
    "RESUME_CHANGES",
    `the run was started ${before} ${flag}, and goes on as it was started; ${mend}, or start a new run`,
  );
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
