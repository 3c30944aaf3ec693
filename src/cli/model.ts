import { configError } from "../errors.ts";
import {
  type Budget,
  createModelLayer,
  loadModelConfig,
  type ModelConfig,
  type ModelLayer,
  type ModelLayerOptions,
  oneModel,
  openCassette,
  type RoleConfig,
} from "../llm/index.ts";
import type { ModelOptions } from "./connect.ts";

/** Calls made for one request before it fails; with the client's backoff about a quarter of a minute. */
const MAX_ATTEMPTS = 6;

/** The same where a run watches: it waits far longer on its own, and says so. */
export const ATTEMPTS_IN_RUN = 3;

/**
 * The models that the options name, by a models file or by the simple options, as a run keeps them.
 * Throws `MODEL_NOT_NAMED`, `MODEL_ARGUMENTS`, what is wrong with the file, and what `createModelLayer` throws (all class
 * `config`): what can be wrong is found before anything is written.
 */
export async function chooseModels(options: ModelOptions): Promise<ModelConfig> {
  const config = await namedConfig(options);
  await createModelLayer(config, { budget: budgetOf(options) }).close();
  return config;
}

/** The same as the options have it, whether or not its keys are there. */
export async function namedConfig(options: ModelOptions): Promise<ModelConfig> {
  const config =
    options.models === undefined ? namedModels(options) : await fileModels(options, options.models);
  const { policy, planner, critic } = config.roles;
  const every = overrides(options, ["thinking", "maxTokens"]);
  return {
    ...config,
    roles: {
      policy: { ...policy, ...every, ...overrides(options, ["temperature"]) },
      planner: { ...planner, ...every },
      critic: { ...critic, ...every },
    },
  };
}

/** What the options say of a role besides its model. */
function overrides(options: ModelOptions, names: readonly ("temperature" | "thinking" | "maxTokens")[]) {
  return Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ) as Partial<RoleConfig>;
}

async function fileModels(options: ModelOptions, file: string): Promise<ModelConfig> {
  const both = (["baseUrl", "model", "plannerModel", "modelTimeout"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (both.length > 0) {
    const flags = both.map(
      (name) => `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
    );
    throw configError(
      "MODEL_ARGUMENTS",
      `--models ${file} says which models are used; leave out ${flags.join(", ")}, or write it into the file`,
    );
  }
  const config = await loadModelConfig(file);
  if (options.thinking !== undefined) requireThinkingStyles(config, file);
  return config;
}

function requireThinkingStyles({ endpoints, roles }: ModelConfig, file: string): void {
  const used = new Set(Object.values(roles).flatMap(({ use }) => use.map(({ endpoint }) => endpoint)));
  const silent = [...used].filter((name) => endpoints[name]?.thinkingStyle === "none");
  if (silent.length === 0) return;
  throw configError(
    "MODEL_ARGUMENTS",
    `--thinking cannot reach ${silent.join(", ")}: give each a thinkingStyle in ${file} (docs/models.md)`,
  );
}

function namedModels(options: ModelOptions): ModelConfig {
  const { baseUrl, model, plannerModel, apiKeyEnv, modelTimeout } = options;
  if (baseUrl === undefined || model === undefined) {
    if (options.cassetteMode === "strict" && options.cassette !== undefined) return onlyTape;
    throw configError(
      "MODEL_NOT_NAMED",
      "no model is named: give --base-url (or OPENAI_BASE_URL) and --model (or ANDROIDGEN_MODEL), or a file with --models",
    );
  }
  return oneModel({
    baseUrl,
    model,
    ...(plannerModel === undefined ? {} : { plannerModel }),
    // Local servers need no key, so here it may be missing.
    ...((process.env[apiKeyEnv] ?? "") === "" ? {} : { keyEnv: apiKeyEnv }),
    ...(modelTimeout === undefined ? {} : { timeoutSeconds: modelTimeout }),
    thinkingStyle: options.thinking === undefined ? "none" : "chat_template_kwargs",
  });
}

/** A strict cassette answers without any endpoint. */
const onlyTape: ModelConfig = {
  endpoints: {},
  roles: { policy: { use: [] }, planner: { use: [] }, critic: { use: [] } },
  prices: {},
};

/** What a run records of its models, and goes on with when it is resumed: no key, no address. */
export function describeModels({ roles }: ModelConfig): Record<keyof ModelConfig["roles"], RoleConfig> {
  return roles;
}

/** The model layer that the options describe, with its cassette. Its owner closes it, which closes both. */
export async function openModelLayer(
  options: ModelOptions,
  more: Pick<ModelLayerOptions, "spent" | "maxAttempts" | "onEvent"> = {},
): Promise<ModelLayer> {
  const config = await namedConfig(options);
  const cassette = await cassetteOf(options);
  try {
    const layer = createModelLayer(config, {
      maxAttempts: MAX_ATTEMPTS,
      ...more,
      budget: budgetOf(options),
      ...(cassette === undefined ? {} : { wrap: (model) => cassette.wrap(model) }),
    });
    return {
      ...layer,
      async close() {
        await layer.close();
        await cassette?.close();
      },
    };
  } catch (error) {
    await cassette?.close();
    throw error;
  }
}

async function cassetteOf({ cassette, cassetteMode }: ModelOptions) {
  if (cassette !== undefined) {
    return openCassette(cassette, cassetteMode ?? "replay", {
      onWarning: (message) => process.stderr.write(`${message}\n`),
    });
  }
  if (cassetteMode === undefined) return undefined;
  throw configError("CASSETTE_ARGUMENTS", "--cassette-mode is for a tape; name it with --cassette FILE");
}

function budgetOf({ budgetTokens, budgetUsd, episodeTokens, episodeUsd }: ModelOptions): Budget {
  return {
    ...(budgetTokens === undefined ? {} : { tokens: budgetTokens }),
    ...(budgetUsd === undefined ? {} : { usd: budgetUsd }),
    ...(episodeTokens === undefined ? {} : { episodeTokens }),
    ...(episodeUsd === undefined ? {} : { episodeUsd }),
  };
}
