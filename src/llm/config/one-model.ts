import type { EndpointConfig, ModelConfig, RoleConfig } from "./config.ts";

export interface OneModel extends Omit<EndpointConfig, "timeoutSeconds" | "thinkingStyle"> {
  model: string;
  /** That of `model` where absent. */
  plannerModel?: string;
  timeoutSeconds?: number;
  thinkingStyle?: EndpointConfig["thinkingStyle"];
}

/** How its endpoint is called in records. */
const only = "default";

/** The configuration of one endpoint whose models play every role. */
export function oneModel({ model, plannerModel = model, ...endpoint }: OneModel): ModelConfig {
  const using = (name: string): RoleConfig => ({ use: [{ endpoint: only, model: name }] });
  return {
    endpoints: { [only]: { timeoutSeconds: 120, thinkingStyle: "none", ...endpoint } },
    roles: { policy: using(model), planner: using(plannerModel), critic: using(model) },
    prices: {},
  };
}
