import type { ErrorReport } from "../errors.ts";
import { configError } from "../errors.ts";
import type { Budget, Spending } from "./budget.ts";
import type { ModelChoice, ModelConfig } from "./config/config.ts";
import type { ChatModel, ModelRole } from "./model.ts";
import { createOpenAiModel } from "./openai.ts";

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
}

/** What whoever watches a run wants to know of its endpoints. */
export type ModelEvent =
  /** Fails so often that it is left alone for a while. */
  | { type: "circuit-opened"; endpoint: string; model: string; retryInMs: number; error: ErrorReport }
  | { type: "circuit-closed"; endpoint: string; model: string }
  /** Said how long it does not want to be asked, by anybody. */
  | { type: "held-back"; endpoint: string; forMs: number }
  | { type: "fell-back"; role: ModelRole; from: ModelChoice; to: ModelChoice; error: ErrorReport };

/** Makes the model layer of a run. Throws class `config` for what its user must mend. */
export function createModelLayer(config: ModelConfig, options: ModelLayerOptions = {}): ModelLayer {
  const { wrap = (model) => model, maxAttempts = 6, spent } = options;
  const total: Spending = { calls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0, ...spent };
  const asked: ChatModel = {
    async complete(request) {
      const { use, temperature, maxTokens } = config.roles[request.role];
      const [first] = use;
      const endpoint = first === undefined ? undefined : config.endpoints[first.endpoint];
      if (first === undefined || endpoint === undefined) {
        throw configError("MODEL_NOT_NAMED", `no model is named for the role ${request.role}`);
      }
      const settings = {
        model: first.model,
        ...(temperature === undefined ? {} : { temperature }),
        ...(maxTokens === undefined ? {} : { maxTokens }),
      };
      const apiKey = endpoint.keyEnv === undefined ? undefined : process.env[endpoint.keyEnv];
      return createOpenAiModel({
        baseUrl: endpoint.baseUrl,
        ...(apiKey === undefined ? {} : { apiKey }),
        models: { policy: settings, planner: settings, critic: settings },
        timeoutMs: endpoint.timeoutSeconds * 1000,
        maxAttempts,
      }).complete(request);
    },
  };
  const wrapped = wrap(asked);
  const counted: ChatModel = {
    async complete(request) {
      const response = await wrapped.complete(request);
      total.calls++;
      total.promptTokens += response.usage.promptTokens;
      total.completionTokens += response.usage.completionTokens;
      total.costUsd += response.costUsd ?? 0;
      return response;
    },
  };
  return {
    model: counted,
    forEpisode: () => counted,
    spent: () => ({ ...total }),
    close: async () => {},
  };
}
