import { configError } from "../errors.ts";
import { createOpenAiModel, type ChatModel } from "../llm/index.ts";
import type { ModelOptions } from "./connect.ts";

/** Calls made for one request before it fails; with the client's backoff about a quarter of a minute. */
const MAX_ATTEMPTS = 6;

/** The same where a run watches: it waits far longer on its own, and says so. */
export const ATTEMPTS_IN_RUN = 3;

/** The model the options name. Throws `MODEL_NOT_NAMED` (class `config`). */
export function openModel(options: ModelOptions, maxAttempts = MAX_ATTEMPTS): ChatModel {
  if (options.baseUrl === undefined || options.model === undefined) {
    throw configError(
      "MODEL_NOT_NAMED",
      "no model is named: give --base-url (or OPENAI_BASE_URL) and --model (or ANDROIDGEN_MODEL)",
    );
  }
  const apiKey = process.env[options.apiKeyEnv];
  const { policy, planner } = modelNames(options);
  return createOpenAiModel({
    baseUrl: options.baseUrl,
    ...(apiKey === undefined ? {} : { apiKey }),
    models: {
      policy: {
        model: policy,
        ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
      },
      planner: { model: planner },
      critic: { model: options.model },
    },
    timeoutMs: options.modelTimeout * 1000,
    maxAttempts,
  });
}

/** The models that play a part in a run; recorded with it. */
export function modelNames(options: ModelOptions): { policy: string; planner: string } {
  const policy = options.model ?? "";
  return { policy, planner: options.plannerModel ?? policy };
}
