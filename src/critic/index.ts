export { type Agreement, type Share, share } from "./agreement.ts";
export { type Critic, criticVerdict } from "./critic.ts";
export type { BrokenRule, Judgement } from "./judge.ts";
export { subGoals, type SubGoal } from "./labels.ts";
export { rules } from "./rules/index.ts";
export type { Rule } from "./rules/rule.ts";
export { type CriticScore, type Score, type ScoreOptions, scoreRun } from "./score.ts";
export { type FinishedEpisode, finishedEpisodes, type Trajectory } from "./trajectory.ts";
