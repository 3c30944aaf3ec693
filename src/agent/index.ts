export type {
  Agent,
  ApiParam,
  Decision,
  Experience,
  ExperienceSource,
  Finding,
  Observation,
  OfferedApi,
  PastStep,
  PlanItem,
  Refusal,
} from "./agent.ts";
export { assertRules, autoCheckRules, createAutoCheck } from "./auto-check/auto-check.ts";
export type { AutoCheck } from "./auto-check/auto-check.ts";
export { createAndroidGenAgent, defaultHistorySteps } from "./androidgen.ts";
export type { AgentModules, AndroidGenAgentOptions } from "./androidgen.ts";
export { historySection, screenSection, section, untrustedScreenRule } from "./prompts/blocks.ts";
export type { ToldStep } from "./prompts/blocks.ts";
export { formatPlan, parsePlan } from "./reflect-plan/plan-text.ts";
export { planPrompt } from "./prompts/plan.v1.ts";
export { policyPrompt } from "./prompts/policy.v1.ts";
export { reflectPrompt } from "./prompts/reflect.v1.ts";
export { shownPicture } from "./shown-picture.ts";
