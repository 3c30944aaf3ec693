import { configError } from "../../errors.ts";
import type { Clock } from "../clock.ts";
import type { ModelConfig, RoleConfig } from "../config/config.ts";
import { openServer } from "../endpoint/server.ts";
import type { ModelEvent } from "../events.ts";
import { Gate } from "../limits/gate.ts";
import type { CallSettings, ChatModel, ChatRequest, ModelRole } from "../model.ts";
import { bills } from "../spending/bill.ts";
import { wantsThinking } from "../thinking.ts";
import { Call, type Lineup } from "./call.ts";
import { Route, type SharedEndpoint } from "./route.ts";

export interface ModelsOptions {
  maxAttempts: number;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  onEvent: (event: ModelEvent) => void;
}

/** The models of a configuration, by role. */
export interface Models extends ChatModel {
  /** Sends away whoever waits for an endpoint. */
  close(): void;
}

/** Opens the endpoints that a role uses. Throws what `openServer` throws. */
export function openModels(config: ModelConfig, options: ModelsOptions): Models {
  const { clock, onEvent } = options;
  const endpoints = new Map<string, SharedEndpoint>();
  const routes = new Map<string, Route>();

  const endpointOf = (name: string): SharedEndpoint => {
    const known = endpoints.get(name);
    if (known !== undefined) return known;
    const settings = config.endpoints[name]!;
    const opened = { server: openServer(name, settings, options.env), gate: new Gate(settings, clock) };
    endpoints.set(name, opened);
    return opened;
  };
  // Roles that use the same model share its circuit.
  const routeOf = (choice: RoleConfig["use"][number]): Route => {
    const key = JSON.stringify([choice.endpoint, choice.model]);
    const known = routes.get(key);
    if (known !== undefined) return known;
    const price = Object.hasOwn(config.prices, choice.model) ? config.prices[choice.model] : undefined;
    const route = new Route({ choice, endpoint: endpointOf(choice.endpoint), price, clock, onEvent });
    routes.set(key, route);
    return route;
  };
  const lineupOf = ({ use }: RoleConfig): Lineup => ({ routes: use.map(routeOf), current: undefined });
  const { policy, planner, critic } = config.roles;
  const lineups: Record<ModelRole, Lineup> = {
    policy: lineupOf(policy),
    planner: lineupOf(planner),
    critic: lineupOf(critic),
  };

  return {
    async complete(request) {
      request.signal?.throwIfAborted();
      const bill = bills.getStore();
      if (bill === undefined) throw new Error("a model was called without a bill");
      const lineup = lineups[request.role];
      if (lineup.routes.length === 0) {
        throw configError(
          "MODEL_NOT_NAMED",
          `No model is named for the role ${request.role}. Name one, or a tape that has every reply.`,
        );
      }
      const settings = settingsOf(config.roles[request.role], request);
      return new Call(request, { lineup, settings, bill, ...options }).answer();
    },
    close: () => {
      for (const { gate } of endpoints.values()) gate.close();
    },
  };
}

function settingsOf(
  { temperature, maxTokens, thinking: mode }: RoleConfig,
  request: ChatRequest,
): CallSettings {
  const thinking = wantsThinking(mode, request.hard);
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(request.seed === undefined ? {} : { seed: request.seed }),
    ...(thinking === undefined ? {} : { thinking }),
  };
}
