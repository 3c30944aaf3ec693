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
