export type {
  Agent,
  Decision,
  Experience,
  ExperienceSource,
  Observation,
  PastStep,
  PlanItem,
  Refusal,
} from "./agent.ts";
export { createAndroidGenAgent } from "./androidgen.ts";
export type { AgentModules, AndroidGenAgentOptions } from "./androidgen.ts";
export { autoCheckRules } from "./auto-check/auto-check.ts";
export { formatPlan, parsePlan } from "./reflect-plan/plan-text.ts";
