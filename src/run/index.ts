export type { EpisodeRef, RunEvent, RunListener } from "./events.ts";
export { type ExecuteOptions, executeRun, type RunResult } from "./execute.ts";
export { isComplete } from "./open-episodes.ts";
export { chosenTemplates, planReplay, planRun, type ReplayPlan, type RunPlan } from "./plan.ts";
export { type Outcomes, type RunSummary, summarise } from "./summary.ts";
