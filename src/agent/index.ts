export type {
  Agent,
  Decision,
  Experience,
  ExperienceKind,
  ExperienceQuery,
  ExperienceSource,
  Finding,
  Observation,
  PastStep,
  PlanItem,
  Refusal,
} from "./agent.ts";
export { createAndroidGenAgent } from "./androidgen.ts";
export type { AgentModules, AndroidGenAgentOptions } from "./androidgen.ts";
export { actionPicture, actionPrompt } from "./as-asked.ts";
export { createAgent } from "./create-agent.ts";
export type { AgentParts } from "./create-agent.ts";
export type { AskPerson } from "./human/human.ts";
export type { RecordedStep } from "./replay/replay.ts";
export { createAutoCheck } from "./auto-check/auto-check.ts";
export type { AutoCheck } from "./auto-check/auto-check.ts";
export { defaultExpSearch, type ExamplePlace, type ExpSearchSettings } from "./exp-search/settings.ts";
export { historySection, screenSection, untrustedScreenRule } from "./prompts/blocks.ts";
export type { ToldStep } from "./history/outcome.ts";
export { planPrompt } from "./prompts/plan.v2.ts";
export { policyPrompt } from "./prompts/policy.v2.ts";
export { reflectPrompt } from "./prompts/reflect.v2.ts";
export { agentPrompts } from "./prompts/registry.ts";
export { block, section } from "./prompts/section.ts";
export { strategyPrompt } from "./prompts/strategy.v1.ts";
export { findCircle } from "./reflect-plan/circle.ts";
export { formatPlan, parsePlan } from "./reflect-plan/plan-text.ts";
export { agentSpecOf, defaultAgentSpec } from "./spec.ts";
export type { AgentKind, AgentSpec, AgentSuite, ObservationKind } from "./spec.ts";
export { replyOf } from "./reply.ts";
